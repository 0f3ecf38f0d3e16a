#include "core/imports/FirebaseParameters.h"

#include "core/crypto/Scrypt.h"

#include <QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestText = 4096;

QString valueOf(const QString &name, const QString &text)
{
    const QRegularExpression form(u"\\b"_s + name + u"\\b[\"']?\\s*[:=]\\s*[\"']?([A-Za-z0-9+/_=-]*)"_s);
    return form.match(text).captured(1);
}

/// Some of Firebase's tools write base64 for addresses.
QString plainBase64(QString text) { return text.replace(u'-', u'+').replace(u'_', u'/'); }

} // namespace

Result<FirebaseParameters> FirebaseParameters::fromText(const QString &text)
{
    const QString all = text.left(longestText);
    FirebaseParameters parameters;
    parameters.m_signerKey = plainBase64(valueOf(u"base64_signer_key"_s, all));
    parameters.m_saltSeparator = plainBase64(valueOf(u"base64_salt_separator"_s, all));
    parameters.m_rounds = valueOf(u"rounds"_s, all).toInt();
    parameters.m_memoryCost = valueOf(u"mem_cost"_s, all).toInt();
    if (parameters.m_signerKey.isEmpty() || parameters.m_rounds == 0 || parameters.m_memoryCost == 0)
        return refused(ErrorCode::InvalidInput,
                       u"Firebase's hash parameters are base64_signer_key, base64_salt_separator, rounds and mem_cost"_s);
    const bool isPossible = parameters.m_rounds <= 8 && parameters.m_memoryCost <= 14
                            && ScryptHash::fromString(parameters.hashFrom(parameters.m_signerKey, u"AAAA"_s));
    if (!isPossible)
        return refused(ErrorCode::InvalidInput,
                       u"these are no hash parameters of Firebase: base64_signer_key and base64_salt_separator are base64, rounds is 8 or "
                       "less, mem_cost 14 or less"_s);
    return parameters;
}

bool FirebaseParameters::fit(QStringView hash, QStringView salt)
{
    static const QRegularExpression tag(u"\\A[A-Za-z0-9+/_-]{86}={0,2}\\z"_s);
    static const QRegularExpression base64(u"\\A[A-Za-z0-9+/_-]{2,172}={0,2}\\z"_s);
    return tag.matchView(hash).hasMatch() && base64.matchView(salt).hasMatch();
}

QString FirebaseParameters::hashFrom(QString hash, QString salt) const
{
    return u"$fbscrypt$v=1,n=%1,r=%2,p=1,ss=%3,sk=%4$%5$%6"_s.arg(QString::number(m_memoryCost), QString::number(m_rounds), m_saltSeparator,
                                                                  m_signerKey, plainBase64(std::move(salt)), plainBase64(std::move(hash)));
}

} // namespace warder
