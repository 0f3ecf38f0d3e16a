#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace warder {

/// In which languages there are mails. Any thread.
namespace mail_languages {

/// BCP 47, "en" first.
const QStringList &all();

/// The one that is nearest to a tag: "de" for "de-AT", "pt-BR" for "pt". Empty where none is near, whatever the text is; only its first
/// 35 characters are looked at.
QString nearest(QStringView tag);

/// The one that a reader of these languages likes best (Accept-Language, RFC 9110 §12.5.4). Empty where there is none of them; of a longer
/// header only the first 256 bytes count.
QString asked(QByteArrayView acceptLanguage);

} // namespace mail_languages
} // namespace warder
