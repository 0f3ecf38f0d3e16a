#include "ui/support/Csv.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What makes a formula of a cell at its beginning (OWASP: CSV Injection), in its wide forms too.
bool beginsFormula(QChar first) { return u"=+-@\t\r\n＝＋－＠"_s.contains(first); }

} // namespace

QString Csv::cell(const QString &text)
{
    const QString safe = !text.isEmpty() && beginsFormula(text.front()) ? u'\'' + text : text;
    return u'"' + QString(safe).replace(u'"', u"\"\""_s) + u'"';
}

QString Csv::line(const QStringList &cells)
{
    QStringList quoted;
    for (const QString &one : cells)
        quoted += cell(one);
    return quoted.join(u',') + u"\r\n"_s;
}

QString Csv::time(std::optional<TimePoint> time)
{
    if (!time)
        return {};
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMilliseconds(*time));
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate);
}

} // namespace warder
