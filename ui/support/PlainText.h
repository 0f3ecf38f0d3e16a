#pragma once

#include <QString>

namespace warder {

/// A text from elsewhere as it can be shown: what would not show, or would turn or order the text around it, is a U+FFFD. Any thread.
QString plainText(const QString &text);

} // namespace warder
