#include "ui/palette/Ranking.h"

#include "core/base/Text.h"

#include <QStringList>

#include <algorithm>

namespace warder {
namespace {

constexpr qsizetype longEnoughForASlip = 4;

QStringList keyWordsOf(const QString &text)
{
    QString key = searchKey(text);
    for (QChar &each : key) {
        if (!each.isLetterOrNumber() && !each.isMark() && !each.isSurrogate())
            each = u' ';
    }
    return key.split(u' ', Qt::SkipEmptyParts);
}

/// One letter is wrong, missing or too many in the beginning of the word.
bool isSlipOf(const QString &typed, const QString &word)
{
    if (typed.size() < longEnoughForASlip || word.size() + 1 < typed.size())
        return false;
    for (qsizetype length = typed.size() - 1; length <= qMin(word.size(), typed.size() + 1); ++length) {
        if (distance(typed, word.first(length)) == 1)
            return true;
    }
    return false;
}

int scoreInWord(const QString &typed, const QString &word)
{
    if (word == typed)
        return 100;
    if (word.startsWith(typed))
        return 80;
    if (typed.size() > 1 && word.contains(typed))
        return 40;
    return isSlipOf(typed, word) ? 30 : 0;
}

/// "rs" is "Reload settings".
int scoreOfInitials(const QString &typed, const QStringList &words)
{
    QString initials;
    for (const QString &word : words)
        initials += word.front();
    if (typed.size() < 2 || !initials.contains(typed))
        return 0;
    return initials.startsWith(typed) ? 60 : 50;
}

/// A word further behind counts a little less.
int bestIn(const QString &typed, const QStringList &words)
{
    int best = scoreOfInitials(typed, words);
    for (qsizetype place = 0; place < words.size(); ++place) {
        if (const int score = scoreInWord(typed, words[place]); score > 0)
            best = qMax(best, score - int(qMin<qsizetype>(place, 9)));
    }
    return best;
}

} // namespace

Ranking::Ranking(const QString &typed) : m_words(keyWordsOf(typed)), m_key(m_words.join(u' ')) {}

std::optional<int> Ranking::score(const Candidate &candidate) const
{
    constexpr int partOfMore = 5; // a fifth
    constexpr int belowOrders = 25;
    const QStringList name = keyWordsOf(candidate.name);
    const QStringList more = keyWordsOf(candidate.more);
    int all = 0;
    for (const QString &typed : m_words) {
        const int found = qMax(bestIn(typed, name), bestIn(typed, more) / partOfMore);
        if (found == 0)
            return std::nullopt;
        all += found;
    }
    const bool isWhole = !m_words.isEmpty() && name.join(u' ') == m_key;
    if (isWhole)
        return all + 1000;
    return candidate.isPlace ? all - belowOrders : all;
}

QList<qsizetype> Ranking::best(const QList<Candidate> &candidates) const
{
    QList<std::pair<int, qsizetype>> found; // the worst score first, so that the place decides between equals
    for (qsizetype place = 0; place < candidates.size(); ++place) {
        if (const auto reached = score(candidates[place]))
            found.append({-*reached, place});
    }
    std::ranges::sort(found);
    QList<qsizetype> places;
    for (const auto &each : std::as_const(found))
        places.append(each.second);
    return places;
}

} // namespace warder
