#include "ui/support/UiTexts.h"

#include "core/base/ProofKind.h"
#include "core/base/Text.h"

#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Word
{
    QLatin1StringView code;
    const char *text;
};

/// The code itself where nobody has a word for it.
QString wordFor(const QString &code, const auto &words)
{
    const auto found = std::ranges::find(words, code, &Word::code);
    return found == words.end() ? code : UiTexts::tr(found->text);
}

constexpr std::array endReasons {
    //: Why a session ended, short.
    Word {"logout"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Signed out")},
    //: Why a session ended, short: the user ended all of their sessions.
    Word {"logout_all"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Signed out everywhere")},
    //: Why a session ended, short: somebody ended it in this console.
    Word {"admin"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Revoked by an admin")},
    //: Why a session ended, short.
    Word {"password_changed"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Password changed")},
    //: Why a session ended, short.
    Word {"account_disabled"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Account disabled")},
    //: Why a session ended, short.
    Word {"account_removed"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Account removed")},
    //: Why a session ended, short: a refresh token that was already exchanged came back.
    Word {"reuse"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Refresh token reused")},
    //: Why a session ended, short: the user ended it from another device.
    Word {"user"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Ended by the user")},
    //: Why a session ended, short: somebody signed in again in the same browser.
    Word {"signed_in_again"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Signed in again")},
    //: Why a session ended, short: the user had more sessions than the settings allow.
    Word {"too_many"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Too many sessions")},
    //: Why a session ended, short: the key that signed its refresh token was revoked.
    Word {"key_revoked"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Key revoked")},
    //: Why a session ended, short: a second factor of the user was added, or an admin took them away.
    Word {"factors_changed"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Second factors changed")},
    //: Why a session ended, short: the user said, by a link in a mail, that a sign-in or a change was not theirs.
    Word {"reported"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Reported by the user")},
    //: Why a session ended, short: it reached its time limit.
    Word {"expired"_L1, QT_TRANSLATE_NOOP("warder::UiTexts", "Expired")},
};

QString firstProof(const ShownProof &proof)
{
    switch (proof.kind) {
    //: How somebody proved who they are, alone or before a "+".
    case ProofKind::Password: return UiTexts::tr("Password");
    //: How somebody proved who they are, alone or before a "+": by a code of an authenticator app.
    case ProofKind::Code: return UiTexts::tr("Code");
    //: How somebody proved who they are, alone or before a "+".
    case ProofKind::Passkey: return UiTexts::tr("Passkey");
    //: How somebody proved who they are, alone or before a "+": by a link or a code that was sent to them.
    case ProofKind::MailLink: return UiTexts::tr("E-mail");
    case ProofKind::Provider:
    case ProofKind::Other:    return UiTexts::providerName(proof.name);
    }
    Q_UNREACHABLE_RETURN({});
}

QString furtherProof(const ShownProof &proof)
{
    switch (proof.kind) {
    //: How somebody proved who they are, behind a "+".
    case ProofKind::Password: return UiTexts::tr("password");
    //: How somebody proved who they are, behind a "+": by a code of an authenticator app.
    case ProofKind::Code: return UiTexts::tr("code");
    //: How somebody proved who they are, behind a "+".
    case ProofKind::Passkey: return UiTexts::tr("passkey");
    //: How somebody proved who they are, behind a "+": by a link or a code that was sent to them.
    case ProofKind::MailLink: return UiTexts::tr("e-mail");
    case ProofKind::Provider:
    case ProofKind::Other:    return UiTexts::providerName(proof.name);
    }
    Q_UNREACHABLE_RETURN({});
}

bool isHttp(const QString &address) { return address.startsWith("http"_L1); }

/// A line for a terminal; empty without a `url`.
QString curl(const QString &url, const QString &path, const QString &body)
{
    if (url.isEmpty())
        return {};
    const QString place = isHttp(url) ? url : u"--unix-socket %1 http://localhost"_s.arg(QString(url).remove("unix:"_L1));
    return u"curl %1%2 -H 'Content-Type: application/json' -d '%3'"_s.arg(place, path, body);
}

} // namespace

QString UiTexts::endReason(const QString &reason) { return wordFor(reason.isEmpty() ? u"expired"_s : reason, endReasons); }

QString UiTexts::endExplained(const SessionView &session)
{
    if (session.endReason == "reuse"_L1)
        //: What happened when a refresh token was reused. %1 is a number: the generation of the token that was good then.
        return tr("A refresh token that had already been exchanged was presented again, outside the grace window, while "
                  "generation %1 was the good one. Two parties hold tokens of this session: one of them may be a thief, and they "
                  "cannot be told apart, so Warder ended it for both. The owner signs in again; ask them whether the "
                  "address the spent token came from is theirs. If it is not, set a new password and end their other sessions.")
            .arg(UiTexts::count(session.generation));
    if (session.endReason == "admin"_L1)
        //: What happened to a session, in words.
        return tr("Revoked from this console or the command line. Its access token stopped working with the next request.");
    if (session.endReason == "too_many"_L1)
        //: What happened to a session, in words.
        return tr(
            "The user signed in while as many sessions were live as sessions.max_per_user allows: the one that was unused longest ended.");
    if (session.endReason == "key_revoked"_L1)
        //: What happened to a session, in words.
        return tr("The key that signed its refresh token was revoked: the user signs in again.");
    if (session.endReason == "factors_changed"_L1)
        //: What happened to a session, in words.
        return tr("A second factor was added to the account, which ends all other sessions, or an admin took its second factors away.");
    if (session.endReason == "reported"_L1)
        //: What happened to a session, in words. The mail is one that Warder sent.
        return tr(
            "The user followed \"This wasn't me\" in a mail about a new device or a change of the address: all sessions ended, and a mail "
            "to set another password is on its way.");
    if (session.endReason == "password_changed"_L1)
        //: What happened to a session, in words.
        return tr("The user's password was changed, which ends all other sessions.");
    return {};
}

QString UiTexts::device(const QString &device)
{
    //: What a session was opened with: nobody knows.
    return device.isEmpty() ? tr("Unknown device") : device;
}

QString UiTexts::providerName(const QString &name)
{
    constexpr std::array brands {"Google"_L1, "GitHub"_L1, "Microsoft"_L1, "Apple"_L1, "GitLab"_L1, "Discord"_L1};
    const auto isIt = [&name](QLatin1StringView brand) { return brand.compare(name, Qt::CaseInsensitive) == 0; };
    const auto brand = std::ranges::find_if(brands, isIt);
    return brand == brands.end() ? foreign(name) : QString(*brand);
}

QString UiTexts::method(const QString &method, const QStringList &amr)
{
    const QList<ShownProof> proofs = proofsOf(method, amr);
    QString text = firstProof(proofs.first());
    for (const ShownProof &proof : proofs.sliced(1))
        //: How somebody proved who they are; %1 is what they showed first ("Password"), %2 what they showed beside it ("code").
        text = tr("%1 + %2").arg(text, furtherProof(proof));
    return text;
}

QString UiTexts::keyState(KeyState state)
{
    switch (state) {
    //: State of a signing key: new tokens are signed with it.
    case KeyState::Current: return tr("Signing");
    //: State of a signing key: it signs nothing new, but tokens it signed are still good.
    case KeyState::Retiring: return tr("Verifying only");
    //: State of a signing key: published, not yet used.
    case KeyState::Standby: return tr("Standby");
    //: State of a signing key: nothing it signed is accepted.
    case KeyState::Revoked: return tr("Revoked");
    }
    Q_UNREACHABLE_RETURN({});
}

Tone UiTexts::keyTone(KeyState state)
{
    switch (state) {
    case KeyState::Current:  return Tone::Good;
    case KeyState::Retiring: return Tone::Info;
    case KeyState::Standby:  return Tone::Neutral;
    case KeyState::Revoked:  return Tone::Bad;
    }
    Q_UNREACHABLE_RETURN({});
}

QString UiTexts::keyPurpose(KeyPurpose purpose)
{
    switch (purpose) {
    //: What a key signs.
    case KeyPurpose::Access: return tr("Access tokens");
    //: What a key signs.
    case KeyPurpose::Refresh: return tr("Refresh tokens");
    //: What a key signs: the tokens by which pages prove that a request is theirs.
    case KeyPurpose::Csrf: return tr("CSRF tokens");
    //: What a key signed: access tokens of another program, which did the same before this one.
    case KeyPurpose::Former: return tr("Former backend");
    }
    Q_UNREACHABLE_RETURN({});
}

QString UiTexts::limitKey(RateKey key)
{
    switch (key) {
    //: What a rate limit counts by.
    case RateKey::Address: return tr("network address");
    //: What a rate limit counts by: the network around an address.
    case RateKey::Network: return tr("network");
    //: What a rate limit counts by.
    case RateKey::Account: return tr("account");
    //: What a rate limit counts by.
    case RateKey::AddressAndAccount: return tr("address and account");
    //: What a rate limit counts by.
    case RateKey::Session: return tr("session");
    }
    Q_UNREACHABLE_RETURN({});
}

//: For screen readers: what something is, and its value.
QString UiTexts::named(const QString &name, const QString &value) { return tr("%1: %2").arg(name, value); }

QString UiTexts::count(qint64 number) { return QLocale().toString(number); }

//: A number of sessions, which stands alone.
QString UiTexts::sessions(qint64 number) { return tr("%Ln session(s)", nullptr, int(number)); }

//: A number of users, which stands alone.
QString UiTexts::users(qint64 number) { return tr("%Ln user(s)", nullptr, int(number)); }

//: A number of open connections, which stands alone.
QString UiTexts::connections(qint64 number) { return tr("%Ln connection(s)", nullptr, int(number)); }

QString UiTexts::addressOf(const ServerView &server)
{
    const QStringList all =
        server.addresses.isEmpty() && server.url.isEmpty() ? server.configured : QStringList {server.url} + server.addresses;
    const auto web = std::ranges::find_if(all, isHttp);
    return web == all.end() ? all.value(0) : *web;
}

QString UiTexts::plain(const QString &text)
{
    QString plain;
    plain.reserve(text.size());
    for (const char32_t character : text.toUcs4())
        plain += isPlain(character) ? QString::fromUcs4(&character, 1) : QString(QChar::ReplacementCharacter);
    return plain;
}

QString UiTexts::quoted(const QString &typed)
{
    constexpr qsizetype longest = 60;
    return foreign(typed.size() > longest ? typed.first(longest) + u'…' : typed);
}

QString UiTexts::foreign(const QString &text)
{
    const QString shown = breakable(plain(text), 28);
    const auto turns = [](char32_t character) {
        const auto direction = QChar::direction(character);
        return direction == QChar::DirR || direction == QChar::DirAL;
    };
    return std::ranges::any_of(shown.toUcs4(), turns) ? u'\u2068' + shown + u'\u2069' : shown;
}

QString UiTexts::breakable(const QString &text, int longest)
{
    QString broken;
    int run = 0;
    for (const QChar c : text) {
        run = c.isSpace() ? 0 : run + 1;
        broken += c;
        if (run >= longest && !c.isHighSurrogate()) {
            broken += u'\u200B';
            run = 0;
        }
    }
    return broken;
}

QString UiTexts::appSettings(const QString &url, const QString &cookiesInsecure, const QString &cookiePrefix)
{
    if (!isHttp(url))
        return {};
    QString lines = u"WARDER_URL="_s + url;
    if (!cookiesInsecure.isEmpty())
        lines += u"\nWARDER_COOKIES_INSECURE="_s + cookiesInsecure;
    return cookiePrefix.isEmpty() ? lines : lines + u"\nWARDER_COOKIE_PREFIX="_s + cookiePrefix;
}

QString UiTexts::curlRegister(const QString &url)
{
    return curl(url, u"/register"_s, uR"({"email":"ada@example.com","password":"correct horse battery"})"_s);
}

QString UiTexts::curlForgotPassword(const QString &url) { return curl(url, u"/forgot-password"_s, uR"({"email":"ada@example.com"})"_s); }

} // namespace warder
