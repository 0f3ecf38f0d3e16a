#include "ui/widgets/FilterHistory.h"

#include "core/base/Id.h"

#include <QRegularExpression>
#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

FilterHistory::FilterHistory(QSettings &memory, const QString &list) : m_memory(memory), m_key(list + u"/searches"_s) {}

QStringList FilterHistory::all() const
{
    QStringList searches = m_memory.value(m_key).toStringList();
    searches.removeIf([](const QString &each) { return each.isEmpty() || looksSecret(each); });
    return searches.first(qMin(most, searches.size()));
}

void FilterHistory::add(const QString &search)
{
    if (search.isEmpty() || looksSecret(search))
        return;
    QStringList searches = all();
    searches.removeAll(search);
    searches.prepend(search);
    m_memory.setValue(m_key, searches.first(qMin(most, searches.size())));
}

void FilterHistory::forget() { m_memory.remove(m_key); }

bool FilterHistory::looksSecret(const QString &text)
{
    static const QRegularExpression longRun(u"[A-Za-z0-9_~+-]{20,}+(?!@)"_s); // base64, hexadecimal, a part of a JWT
    for (const QRegularExpressionMatch &match : longRun.globalMatch(text)) {
        const QString run = match.captured();
        const bool hasDigit = std::ranges::any_of(run, [](QChar c) { return c.isDigit(); });
        const bool hasLetter = std::ranges::any_of(run, [](QChar c) { return c.isLetter(); });
        if (hasDigit && hasLetter && !Id::fromString(run))
            return true;
    }
    return false;
}

} // namespace warder
