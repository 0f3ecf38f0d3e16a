#pragma once

class QLocale;

namespace warder {

/// Translates the application that exists into the first of the locale's languages that `translations/` has, Qt's own texts with it,
/// and turns the window where that is written from the right. Without one it speaks English, whose plural forms are a translation,
/// too. Once, before the first widget; GUI thread.
void installTranslations(const QLocale &locale);

} // namespace warder
