#include "core/imports/PasswordColumn.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {

bool PasswordColumn::looksHashed(QStringView text)
{
    constexpr qsizetype longestHash = 4096;
    static const QRegularExpression form(uR"(\A(?:
        \$[A-Za-z0-9_-]+\$ .*                                                                 # crypt, PHC
        | \{[A-Za-z0-9_.+-]+\} .+                                                             # LDAP, Spring
        | (?:unsalted_|django_|bcrypt|argon2|pbkdf2|scrypt|hmac|sha1|sha224|sha256|sha512|md5|crypt)[A-Za-z0-9_-]*[$:] .*
        | (?:[0-9a-fA-F]{32} | [0-9a-fA-F]{40} | [0-9a-fA-F]{56} | [0-9a-fA-F]{64} | [0-9a-fA-F]{96} | [0-9a-fA-F]{128})
        | [0-9a-fA-F]{16,}:[0-9a-fA-F]{32,} | [0-9a-fA-F]{32,}:[!-~]{2,64}                    # with a salt
        | \*[0-9A-F]{40}                                                                      # MySQL
        | [A-Za-z0-9+/_-]{22,}={1,2} | [A-Za-z0-9+/_-]{43,}                                   # base64
        | ! (?:[A-Za-z0-9]{40})?                                                              # Django: none
        )\z)"_s,
                                         QRegularExpression::ExtendedPatternSyntaxOption | QRegularExpression::DotMatchesEverythingOption);
    return text.size() > longestHash || form.matchView(text).hasMatch();
}

QString PasswordColumn::withoutPrefix(const QString &hash)
{
    for (const QString &prefix : {u"argon2"_s, u"bcrypt$"_s, u"{bcrypt}"_s, u"{argon2}"_s}) {
        const QStringView rest = hash.startsWith(prefix) ? QStringView(hash).sliced(prefix.size()) : QStringView();
        if (rest.startsWith("$argon2"_L1) || rest.startsWith("$2"_L1))
            return rest.toString();
    }
    return hash;
}

} // namespace warder
