#include "core/mail/MailLanguages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestTag = 35; // RFC 5646 §4.4.1
constexpr qsizetype longestHeader = 256;

QString primaryOf(QStringView tag) { return tag.left(tag.indexOf(u'-') < 0 ? tag.size() : tag.indexOf(u'-')).toString().toLower(); }

/// Of "de;q=0.8": what a browser likes that much; what it does not want has none (RFC 9110 §12.4.2).
struct Wish
{
    QString tag;
    double weight = 1;
};

Wish wishOf(const QString &item)
{
    const QStringList parts = item.split(u';');
    Wish wish {.tag = parts.first().trimmed()};
    for (const QString &part : parts.mid(1)) {
        bool isNumber = false;
        const double weight = part.section(u'=', 1).trimmed().toDouble(&isNumber);
        if (part.trimmed().startsWith(u'q'))
            wish.weight = isNumber ? weight : 0;
    }
    return wish;
}

} // namespace

const QStringList &mail_languages::all()
{
    static const QStringList tags {u"en"_s, u"de"_s, u"es"_s, u"fr"_s, u"ja"_s, u"pt-BR"_s, u"zh-CN"_s};
    return tags;
}

QString mail_languages::nearest(QStringView tag)
{
    const QString typed = tag.left(longestTag).toString().replace(u'_', u'-');
    const auto isIt = [&typed](const QString &known) { return known.compare(typed, Qt::CaseInsensitive) == 0; };
    const auto isOfIt = [&typed](const QString &known) { return primaryOf(known) == primaryOf(typed); };
    auto found = std::ranges::find_if(all(), isIt);
    if (found == all().end())
        found = std::ranges::find_if(all(), isOfIt);
    return found == all().end() ? QString() : *found;
}

QString mail_languages::asked(QByteArrayView acceptLanguage)
{
    QString best;
    double most = 0;
    for (const QString &item : QString::fromLatin1(acceptLanguage.left(longestHeader)).split(u',')) {
        const Wish wish = wishOf(item);
        const QString language = wish.weight > most ? nearest(wish.tag) : QString();
        if (language.isEmpty())
            continue;
        best = language;
        most = wish.weight;
    }
    return best;
}

} // namespace warder
