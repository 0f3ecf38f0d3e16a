#pragma once

#include "core/base/Clock.h"

#include <QStringList>

#include <optional>

namespace warder {

/// Tables as CSV for spreadsheets and scripts (RFC 4180, UTF-8): ids and raw values, times as ISO 8601 with the offset of this
/// computer's time zone. A cell that a spreadsheet would take for a formula gets an apostrophe before it. Pure.
namespace Csv {

QString cell(const QString &text);
/// With its line end.
QString line(const QStringList &cells);
/// "2026-11-28T11:04:06+01:00"; empty for none.
QString time(std::optional<TimePoint> time);

/// What a file has of one row of a list, a title and a cell a column: csvFields(row) stands beside the model of its rows.
using Fields = QList<std::pair<QString, QString>>;

} // namespace Csv
} // namespace warder
