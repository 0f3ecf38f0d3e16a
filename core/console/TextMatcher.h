#pragma once

#include "core/base/Result.h"
#include "core/base/Text.h"

#include <QByteArray>

namespace warder {

/// Looks for what a person typed in what a list shows: any case, any normal form, anywhere in it (searchKey()). The same
/// answer as SQL's `instr(search_key(shown), ?)`. Pure; any thread.
class TextMatcher final
{
public:
    /// Longer texts are refused by the console: no shown text is that long, and searchKey() looks no further.
    static constexpr qsizetype longest = 512;
    static Result<void> check(QStringView typed)
    {
        if (typed.size() > longest)
            return refused(ErrorCode::InvalidInput, QStringLiteral("the text to look for has more than %1 characters").arg(longest));
        return {};
    }

    explicit TextMatcher(QStringView typed) : m_key(searchKey(typed.trimmed()).toUtf8()) {}

    /// Nothing that shows was typed: everything matches.
    bool isEmpty() const { return m_key.isEmpty(); }
    bool isIn(QStringView shown) const { return isEmpty() || isInKey(searchKey(shown).toUtf8()); }
    /// For a text that was folded before.
    bool isInKey(QByteArrayView key) const { return key.contains(m_key); }

private:
    QByteArray m_key;
};

} // namespace warder
