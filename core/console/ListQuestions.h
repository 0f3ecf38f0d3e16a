#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

/// What may be asked of the console's lists; InvalidInput says what may not. Pure; any thread.
namespace ListQuestions {

/// Not longer than TextMatcher::longest.
Result<void> checkText(const QString &text);
/// How many rows a page has at most: `limit`, but 1–500.
int boundedLimit(int limit);
/// The e-mail key of the last user that was read, or empty.
Result<void> checkUserCursor(const QString &cursor);
/// The last session that was read; null for an empty cursor.
Result<Id> sessionCursor(const QString &cursor);

} // namespace ListQuestions
} // namespace warder
