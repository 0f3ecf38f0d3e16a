#include "ui/support/Language.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Empty unless there is a translation. What is installed last is asked first.
QString install(const QLocale &locale, const QString &name, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    return translator->load(locale, name, u"_"_s, folder) && QCoreApplication::installTranslator(translator) ? translator->language()
                                                                                                             : QString();
}

} // namespace

void installTranslations(const QLocale &locale)
{
    const QString ours = u":/warder/translations"_s;
    install(QLocale::English, u"warder"_s, ours);
    const QString language = install(locale, u"warder"_s, ours);
    if (language.isEmpty())
        return; // Qt's texts would be the only ones in that language
    install(QLocale(language), u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    QGuiApplication::setLayoutDirection(QLocale(language).textDirection());
}

} // namespace warder
