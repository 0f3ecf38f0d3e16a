#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace warder {

/// How well what somebody typed names something: by the words of its name, in any order, case and normal form, by their beginnings, by the
/// first letters of several, and with one slip in a longer word. Pure.
class Ranking final
{
public:
    struct Candidate
    {
        QString name;
        QString more = {};    ///< Found as well, but behind what is found by its name.
        bool isPlace = false; ///< Something on a page: behind pages and orders that fit as well, unless its whole name was typed.
    };

    explicit Ranking(const QString &typed);

    /// Higher is better; nothing: a typed word is not in it. Of nothing typed 0.
    std::optional<int> score(const Candidate &candidate) const;
    /// The places of those that match, best first; of equals the earlier.
    QList<qsizetype> best(const QList<Candidate> &candidates) const;

private:
    QStringList m_words;
    QString m_key;
};

} // namespace warder
