#include "ui/support/Language.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

// Part of every test program of the window: it speaks English as the program does, whatever the machine speaks.
void installEnglish() { warder::installTranslations(QLocale::English); }
Q_COREAPP_STARTUP_FUNCTION(installEnglish)

} // namespace
