#include "core/console/ListQuestions.h"

#include "core/console/TextMatcher.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestCursor = 512;
constexpr int mostInPage = 500;

} // namespace

Result<void> ListQuestions::checkText(const QString &text)
{
    if (text.size() > TextMatcher::longest)
        return refused(ErrorCode::InvalidInput, u"the text to look for has more than %1 characters"_s.arg(TextMatcher::longest));
    return {};
}

int ListQuestions::boundedLimit(int limit) { return std::clamp(limit, 1, mostInPage); }

Result<void> ListQuestions::checkUserCursor(const QString &cursor)
{
    const bool plain = std::ranges::none_of(cursor, [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    if (!cursor.isEmpty() && (!plain || cursor.size() > longestCursor || !cursor.contains(u'@')))
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return {};
}

Result<Id> ListQuestions::sessionCursor(const QString &cursor)
{
    const auto id = Id::fromString(cursor);
    if (!id && !cursor.isEmpty())
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return id.value_or(Id {});
}

} // namespace warder
