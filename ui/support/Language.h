#pragma once

class QLocale;

namespace warder {

/// Installs the translations of our texts and Qt's for the first of the locale's languages that `translations/` has, and sets the layout
/// direction of that language. Without one the texts stay English, whose plural forms are a translation, too. Once, with an application
/// and before its first widget; GUI thread.
void installTranslations(const QLocale &locale);

} // namespace warder
