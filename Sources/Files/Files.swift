// The files people bring: read safely, whatever they are, and written so that a spreadsheet opens them as they are.
//
// This room knows nothing of hubs, settings or registers, and nothing of days (a date is text here). What it holds:
//
// - `Bytes/`: ``ByteSource``, a file or bytes in memory, gzip inflated on the way;
// - `Text/`: encodings, white space and numbers as bytes;
// - `Rows/`: ``CSV``, ``Row``, ``HeaderSpec`` (the header found by what it says), ``Table`` (CSV, XLSX and ODS
// alike), ``CSVWriter``;
// - `Spreadsheets/`: zip archives, XLSX and ODS;
// - `Trees/`: ``Tree``, one shape for XML and JSON;
// - `Maps/`: ``GeoJSON`` and ``OSGrid``.
//
// Every reader treats its file as hostile: sizes, depths and counts are bounded, nothing is fetched, no entity is
// resolved,
// and what cannot be read is refused with a ``FileProblem`` that says what is wrong and how to mend it.
//
// There is no type called `Files`, so that `Files.Row` can tell this room's types from others of the same name.
