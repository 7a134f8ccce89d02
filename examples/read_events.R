# Reads what Rasid writes in the columns of POLECAT, and its table of dyad-weeks. Base R only.
#
#   rasid code examples/two-weeks.jsonl --format polecat -o events.csv
#   rasid code examples/two-weeks.jsonl --format dyad-week -o weeks.csv
#   Rscript examples/read_events.R events.csv weeks.csv

files <- commandArgs(trailingOnly = TRUE)
if (length(files) != 2) stop("say: Rscript read_events.R EVENTS.csv WEEKS.csv")
options(width = 100)

# check.names = FALSE keeps the names with spaces, as in POLECAT's own files.
read <- function(file) {
  read.csv(file, check.names = FALSE, na.strings = "", stringsAsFactors = FALSE, encoding = "UTF-8")
}
events <- read(files[1])
weeks <- read(files[2])

events[["Event Date"]] <- as.Date(events[["Event Date"]])
events[["Publication Date"]] <- as.Date(events[["Publication Date"]])
weeks$week_start <- as.Date(weeks$week_start)
stopifnot(is.numeric(events$Intensity), is.numeric(weeks$events), !anyNA(weeks$week_start))

cat(nrow(events), "events,", sum(!is.na(events[["Event Date"]])), "with a day of their own\n\n")
print(table(type = events[["Event Type"]], class = events[["Quad Code"]]))

cat("\nMean intensity of what each country did\n")
acts <- aggregate(Intensity ~ `Actor Country`, data = events, FUN = mean)
print(acts[order(acts$Intensity), ], row.names = FALSE)

cat("\nWeeks\n")
print(weeks[, c("week", "actor_country", "recipient_country", "events", "score_sum", "score_mean")],
      row.names = FALSE)
