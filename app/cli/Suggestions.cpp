#include "app/cli/Suggestions.h"

#include "app/cli/Usage.h"
#include "core/base/Text.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What is meant by any of some words, which have bars between them.
struct Meant
{
    QLatin1StringView meant;
    QLatin1StringView by;

    bool isMeantBy(const QString &typed) const { return QString(by).split(u" | "_s).contains(typed); }
};

/// What other programs call it.
constexpr auto otherWords = std::to_array<Meant>({
    {"serve"_L1, "start | run | up | server start | server run"_L1},
    {"server status"_L1, "status"_L1},
    {"server reload"_L1, "reload"_L1},
    {"server pause"_L1, "pause"_L1},
    {"server resume"_L1, "resume"_L1},
    {"user add"_L1, "user create | user new | user register | adduser | create-user | createuser | createsuperuser | register"_L1},
    {"user invite"_L1, "invite | user invitation | user reinvite | user resend-invitation"_L1},
    {"user list"_L1, "users | user ls | user find | user search"_L1},
    {"user show"_L1, "user get | user info"_L1},
    {"user edit"_L1, "user update | user set | user modify | user rename | user role | user roles | user add-role | user remove-role | "
                     "user set-role | user set-roles | user promote | usermod | user set-email"_L1},
    {"user delete"_L1, "user remove | user del | user rm | userdel | deluser"_L1},
    {"user restore"_L1, "user undelete | user recover | user undo"_L1},
    {"user reset-mfa"_L1,
     "user reset-2fa | user disable-mfa | user disable-2fa | user mfa-reset | user remove-mfa | user reset-factors"_L1},
    {"user set-password"_L1, "user passwd | user password | passwd | user reset-password | user change-password"_L1},
    {"password tune"_L1, "tune | passwords tune | hash tune | password calibrate | password benchmark"_L1},
    {"user disable"_L1, "user lock | user block | user ban"_L1},
    {"user enable"_L1, "user unlock | user unblock"_L1},
    {"session revoke"_L1, "user logout | session end | session delete | session remove | session kill"_L1},
    {"user import"_L1, "import | users import"_L1},
    {"session list"_L1, "sessions | session ls"_L1},
    {"key list"_L1, "keys | key ls"_L1},
    {"key rotate"_L1, "key new | rotate"_L1},
    {"mail list"_L1, "mails | mail ls | outbox | outbox list"_L1},
    {"mail test"_L1, "mail send | mail check"_L1},
    {"mail retry"_L1, "mail resend"_L1},
    {"mail drop"_L1, "mail delete | mail remove | mail rm | mail cancel"_L1},
    {"provider list"_L1, "providers | provider ls | oauth | oauth list | sso list"_L1},
    {"provider add"_L1, "provider create | provider new | oauth add | sso add"_L1},
    {"provider edit"_L1, "provider set | provider update | provider disable | provider enable"_L1},
    {"provider show"_L1, "provider get | provider info"_L1},
    {"provider test"_L1, "provider check"_L1},
    {"provider remove"_L1, "provider delete | provider del | provider rm"_L1},
    {"limit list"_L1, "limits | limit ls | rate-limit | ratelimit | rate-limits"_L1},
    {"limit show"_L1, "limit get | limit info"_L1},
    {"limit add"_L1, "limit create | limit new"_L1},
    {"limit set"_L1, "limit edit | limit update | limit enable | limit disable"_L1},
    {"limit remove"_L1, "limit delete | limit del | limit rm"_L1},
    {"limit held"_L1, "limit held-back | limit blocked | limit limited"_L1},
    {"limit unblock"_L1, "unblock | unban | limit unban | limit release"_L1},
    {"limit block"_L1, "block | ban | limit ban | limit deny"_L1},
    {"limit exempt"_L1, "exempt | limit allow | limit whitelist | limit allowlist"_L1},
    {"limit forget"_L1, "limit unexempt"_L1},
    {"limit stats"_L1, "limit statistics | limit metrics"_L1},
    {"config show"_L1, "settings | config list | config get"_L1},
    {"config check"_L1, "config test | config validate | check"_L1},
    {"tls make-local"_L1, "mkcert | tls create"_L1},
});

/// Options of other programs, and what does it here.
constexpr auto otherOptions = std::to_array<Meant>({
    {"--listen 127.0.0.1:PORT"_L1, "port | p"_L1},
    {"--listen ADDRESS:PORT"_L1, "host | bind | address | addr"_L1},
    {"--data-dir DIRECTORY"_L1, "datadir | data | dir | d | db | database"_L1},
    {"--password-stdin"_L1, "password | pass"_L1},
    {"--password-hash-stdin"_L1, "hash | password-hash"_L1},
    {"--role ROLE"_L1, "roles"_L1},
    {"--role admin"_L1, "admin | superuser"_L1},
    {"--yes"_L1, "force | f | y"_L1},
    {"--set log.level=debug"_L1, "verbose | debug"_L1},
    {"--json"_L1, "output | format | o"_L1},
    {"--email ADDRESS"_L1, "mail"_L1},
    {"--name TEXT"_L1, "full-name"_L1},
    {"--dry-run"_L1, "dryrun | n"_L1},
    {"--skip-existing"_L1, "skip"_L1},
    {"--secret-stdin"_L1, "secret | client-secret"_L1},
    {"--callback URL"_L1, "redirect-uri | redirect"_L1},
    {"--scope SCOPE"_L1, "scopes"_L1},
});

QString didYouMean(const QString &what) { return u"did you mean `%1`?"_s.arg(what); }

QString nearestOf(const QString &typed, const QStringList &all)
{
    if (typed.size() > 64 || all.isEmpty())
        return {};
    const auto nearest = std::ranges::min_element(all, {}, [&typed](const QString &each) { return distance(typed, each); });
    return distance(typed, *nearest) <= std::max<qsizetype>(1, nearest->size() / 4) ? *nearest : QString();
}

QString otherWordFor(const QString &typed)
{
    const auto found = std::ranges::find_if(otherWords, [&typed](const Meant &one) { return one.isMeantBy(typed); });
    return found == otherWords.end() ? QString() : QString(found->meant);
}

} // namespace

QString suggestionForCommand(const QStringList &words, const QString &configPath)
{
    const QString two = words.mid(0, 2).join(u' ').toLower();
    const QString one = words.value(0).toLower();
    if (two == "config set"_L1 || two == "config edit"_L1 || one == "set"_L1)
        return u"settings stand as `key = value` in %1, and `warderd server reload` reads them; for one run there is --set key=value"_s.arg(
            configPath);
    if (two == "server stop"_L1 || one == "stop"_L1 || two == "server restart"_L1 || one == "restart"_L1)
        return u"a server ends by SIGTERM: Ctrl+C where it runs, or `systemctl stop warder`"_s;
    for (const QString &typed : {two, one}) {
        if (const QString meant = otherWordFor(typed); !meant.isEmpty())
            return didYouMean(u"warderd "_s + meant);
    }
    const QStringList verbs = commandsOfGroup(one);
    if (!verbs.isEmpty()) {
        const QString meant = words.size() > 1 ? nearestOf(two, verbs) : QString();
        return meant.isEmpty() ? u"there are: "_s + QStringList(verbs).replaceInStrings(one + u' ', QString()).join(u", "_s)
                               : didYouMean(u"warderd "_s + meant);
    }
    for (const QString &typed : {two, one}) {
        if (const QString meant = nearestOf(typed, commandNames()); !meant.isEmpty())
            return didYouMean(u"warderd "_s + meant);
    }
    return {};
}

QString suggestionForOption(const QString &option, const QStringList &allowed)
{
    const QString typed = option.toLower();
    for (const Meant &one : otherOptions) {
        if (one.isMeantBy(typed) && allowed.contains(QString(one.meant).section(u' ', 0, 0).mid(2)))
            return didYouMean(one.meant);
    }
    const QString nearest = nearestOf(typed, allowed);
    return nearest.isEmpty() ? QString() : didYouMean(u"--"_s + nearest);
}

} // namespace warder
