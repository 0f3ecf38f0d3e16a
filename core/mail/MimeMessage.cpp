#include "core/mail/MimeMessage.h"

#include "core/base/Text.h"
#include "core/mail/MailAddress.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestOfBody = 76;    // RFC 2045 §6.7
constexpr qsizetype bytesOfFirstWord = 30; // in base64 they are an encoded word (RFC 2047 §2) that fits behind a header's name
constexpr qsizetype bytesOfWord = 42;

bool isOneLine(const QString &text)
{
    return std::ranges::all_of(text.toUcs4(), [](char32_t c) { return isPlain(c); });
}

bool isAscii(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u' ' && c < QChar(0x7f); });
}

/// The bytes of the character that begins there.
qsizetype characterAt(const QByteArray &utf8, qsizetype at)
{
    qsizetype size = 1;
    while (at + size < utf8.size() && (quint8(utf8[at + size]) & 0xc0) == 0x80)
        ++size;
    return size;
}

/// Words that never split a character, a line each.
QByteArray encodedWords(const QByteArray &utf8)
{
    QByteArrayList words;
    QByteArray word;
    for (qsizetype at = 0, size = 0; at < utf8.size(); at += size) {
        size = characterAt(utf8, at);
        if (word.size() + size > (words.isEmpty() ? bytesOfFirstWord : bytesOfWord))
            words += "=?utf-8?B?" + std::exchange(word, {}).toBase64() + "?=";
        word += utf8.sliced(at, size);
    }
    words += "=?utf-8?B?" + word.toBase64() + "?=";
    return words.join("\r\n ");
}

/// `used`: what stands before it in its line.
QByteArray headerText(const QString &text, qsizetype used)
{
    const QByteArray utf8 = text.toUtf8();
    const bool isPlainText = isAscii(text) && !text.contains("=?"_L1) && used + utf8.size() <= longestOfBody;
    return isPlainText ? utf8 : encodedWords(utf8);
}

QByteArray headerMailbox(const Mailbox &mailbox, const QByteArray &wire)
{
    if (mailbox.name.isEmpty())
        return wire;
    QByteArray name = mailbox.name.toUtf8();
    if (isAscii(mailbox.name) && !mailbox.name.contains("=?"_L1) && name.size() <= bytesOfFirstWord)
        name = '"' + name.replace('\\', "\\\\").replace('"', "\\\"") + '"';
    else
        name = encodedWords(name);
    return name + "\r\n <" + wire + '>';
}

QByteArray quotedPrintable(const QByteArray &utf8)
{
    QByteArray out;
    qsizetype column = 0;
    const auto put = [&](const QByteArray &piece) {
        if (column + piece.size() >= longestOfBody) { // room for the = that the line goes on with
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    };
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        const bool isLast = i + 1 == utf8.size() || utf8[i + 1] == '\n';
        if (c == '\n') {
            out += "\r\n";
            column = 0;
        } else if ((c > ' ' && c <= '~' && c != '=') || (c == ' ' && !isLast)) {
            put(QByteArray(1, c));
        } else {
            put('=' + QByteArray(1, c).toHex().toUpper());
        }
    }
    return out;
}

QByteArray base64Lines(const QByteArray &bytes)
{
    const QByteArray all = bytes.toBase64();
    QByteArray lines;
    for (qsizetype at = 0; at < all.size(); at += longestOfBody)
        lines += all.sliced(at, std::min(longestOfBody, all.size() - at)) + "\r\n";
    return lines;
}

/// In the shorter form: three bytes for one where letters are beyond ASCII, or four for three.
QByteArray partOf(const QByteArray &type, const QString &body)
{
    const QByteArray utf8 = QString(body).replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n').toUtf8();
    const auto foreign = std::ranges::count_if(utf8, [](char c) { return (quint8(c) & 0x80) != 0; });
    const bool isForeign = foreign * 6 > utf8.size();
    const QByteArray form = isForeign ? "base64" : "quoted-printable";
    return "Content-Type: " + type + "; charset=utf-8\r\nContent-Transfer-Encoding: " + form + "\r\n\r\n"
           + (isForeign ? base64Lines(utf8.contains('\n') ? QByteArray(utf8).replace('\n', "\r\n") : utf8) : quotedPrintable(utf8))
           + "\r\n";
}

} // namespace

Result<QByteArray> MimeMessage::toBytes() const
{
    const auto sender = mail_address::toWire(from.address);
    const auto recipient = mail_address::toWire(to);
    const auto answers = replyTo.isEmpty() ? std::optional(QByteArray()) : mail_address::toWire(replyTo);
    if (!sender || !recipient || !answers)
        return refused(ErrorCode::InvalidInput, u"an address of this mail is none that mail servers take"_s);
    if (!isOneLine(subject) || !isOneLine(from.name) || !isOneLine(language))
        return refused(ErrorCode::InvalidInput, u"a header of this mail would not be one line"_s);
    const QString stamp =
        QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(toMilliseconds(date), QTimeZone::UTC), u"ddd, d MMM yyyy HH:mm:ss"_s);
    const QByteArray domain = sender->sliced(sender->lastIndexOf('@') + 1);
    const QByteArray boundary = "=_" + id.toBytes().toHex(); // in no body: there a = is followed by digits or a line end
    QByteArray bytes = "Date: " + stamp.toLatin1() + " +0000\r\nFrom: " + headerMailbox(from, *sender) + "\r\nTo: " + *recipient + "\r\n";
    if (!answers->isEmpty())
        bytes += "Reply-To: " + *answers + "\r\n";
    bytes += "Subject: " + headerText(subject, 9) + "\r\nMessage-ID:\r\n <" + id.toString().toLatin1() + '@' + domain
             + ">\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\nContent-Language: "
             + language.toLatin1() + "\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n";
    const QByteArray separator = "--" + boundary;
    return bytes + separator + "\r\n" + partOf("text/plain", text) + separator + "\r\n" + partOf("text/html", html) + separator + "--\r\n";
}

} // namespace warder
