document.documentElement.className = "scripted";
document.addEventListener("click", function (event) {
  var link = event.target.closest(".grid a");
  var box = document.getElementById("box");
  if (event.target === box) { box.close(); return; }
  if (!link) { return; }
  var sheet = document.getElementById(link.hash.slice(1)) || document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!sheet) { return; }
  event.preventDefault();
  var close = document.createElement("button");
  close.className = "close";
  close.textContent = "Close";
  close.onclick = function () { box.close(); };
  var copy = sheet.cloneNode(true);
  copy.removeAttribute("id");
  box.replaceChildren(close, copy);
  box.showModal();
  box.scrollTop = 0;
});
