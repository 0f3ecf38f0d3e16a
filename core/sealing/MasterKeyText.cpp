#include "core/sealing/MasterKeyText.h"

#include "core/crypto/MasterKey.h"

#include <QRegularExpression>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype digits = 44;
constexpr auto alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"_L1;

std::unexpected<Error> wrong(const QString &what) { return refused(ErrorCode::InvalidInput, u"this is no master key: %1"_s.arg(what)); }

bool fits(QByteArrayView text, const QString &code)
{
    const auto key = masterKeyFromText(text);
    return key && master_key_text::checkCodeOf(keyCheckValue(*key)) == code;
}

/// Counted from 1; 0: no single one explains it. The code has 32 bits and there are 2709 keys to try, so that it is hardly ever a wrong
/// one.
qsizetype mistypedIn(QByteArray text, const QString &code)
{
    const auto leaving = qScopeGuard([&text] { wipe(text); });
    for (qsizetype i = 0; i < digits - 1; ++i) {
        const char typed = text.at(i);
        for (const char other : alphabet) {
            text[i] = other;
            if (fits(text, code))
                return i + 1;
        }
        text[i] = typed;
    }
    return 0;
}

Result<SecretBytes> parsed(const QByteArray &text, const QString &code)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPadding = text.at(i) == '=' && i == text.size() - 1;
        if (!isPadding && !alphabet.contains(QLatin1Char(text.at(i))))
            return wrong(u"its character %1 is not one of A–Z, a–z, 0–9, + and /"_s.arg(i + 1));
    }
    if (text.size() != digits || !text.endsWith('='))
        return wrong(u"it has %1 characters, and not %2 of which the last is ="_s.arg(text.size()).arg(digits));
    const auto key = masterKeyFromText(text);
    if (!key)
        return wrong(u"its end is not that of 32 bytes in base64"_s);
    if (code.isEmpty() || master_key_text::checkCodeOf(keyCheckValue(*key)) == code)
        return *key;
    const auto at = mistypedIn(text, code);
    return at ? wrong(u"its character %1 is mistyped, as the check code %2 shows"_s.arg(at).arg(code))
              : wrong(u"it does not fit its check code %1, and more than one character is mistyped, or one of the code"_s.arg(code));
}

} // namespace

QString master_key_text::checkCodeOf(const QByteArray &checkValue)
{
    const QString hex = QString::fromLatin1(checkValue.first(4).toHex());
    return hex.first(4) + u'-' + hex.sliced(4);
}

QString master_key_text::exported(const SecretBytes &masterKey)
{
    QByteArray text = masterKeyText(masterKey);
    const auto leaving = qScopeGuard([&text] { wipe(text); });
    return QString::fromLatin1(text) + u' ' + checkCodeOf(keyCheckValue(masterKey));
}

Result<SecretBytes> master_key_text::imported(const QString &text)
{
    static const QRegularExpression ending(u"\\s([0-9A-Fa-f]{4}-[0-9A-Fa-f]{4})\\s*$"_s);
    static const QRegularExpression blank(u"\\s+"_s);
    if (text.size() > 1000)
        return wrong(u"it is too long"_s);
    const auto code = ending.match(text);
    QString key = text.first(code.hasMatch() ? code.capturedStart() : text.size());
    key.remove(blank);
    QByteArray bytes = key.toUtf8();
    const auto leaving = qScopeGuard([&] {
        wipe(bytes);
        wipe(key);
    });
    return parsed(bytes, code.captured(1).toLower());
}

} // namespace warder
