#include "app/cli/Suggestions.h"

#include "app/cli/Usage.h"
#include "core/base/Text.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Meant = std::pair<QLatin1StringView, QLatin1StringView>;

/// What other programs call it.
constexpr std::array otherWords {
    Meant {"start"_L1, "serve"_L1},
    Meant {"run"_L1, "serve"_L1},
    Meant {"up"_L1, "serve"_L1},
    Meant {"server start"_L1, "serve"_L1},
    Meant {"server run"_L1, "serve"_L1},
    Meant {"status"_L1, "server status"_L1},
    Meant {"reload"_L1, "server reload"_L1},
    Meant {"pause"_L1, "server pause"_L1},
    Meant {"resume"_L1, "server resume"_L1},
    Meant {"user create"_L1, "user add"_L1},
    Meant {"user new"_L1, "user add"_L1},
    Meant {"user register"_L1, "user add"_L1},
    Meant {"adduser"_L1, "user add"_L1},
    Meant {"create-user"_L1, "user add"_L1},
    Meant {"createuser"_L1, "user add"_L1},
    Meant {"createsuperuser"_L1, "user add"_L1},
    Meant {"register"_L1, "user add"_L1},
    Meant {"users"_L1, "user list"_L1},
    Meant {"user ls"_L1, "user list"_L1},
    Meant {"user find"_L1, "user list"_L1},
    Meant {"user search"_L1, "user list"_L1},
    Meant {"user get"_L1, "user show"_L1},
    Meant {"user info"_L1, "user show"_L1},
    Meant {"user update"_L1, "user edit"_L1},
    Meant {"user set"_L1, "user edit"_L1},
    Meant {"user modify"_L1, "user edit"_L1},
    Meant {"user rename"_L1, "user edit"_L1},
    Meant {"user role"_L1, "user edit"_L1},
    Meant {"user roles"_L1, "user edit"_L1},
    Meant {"user add-role"_L1, "user edit"_L1},
    Meant {"user remove-role"_L1, "user edit"_L1},
    Meant {"user set-role"_L1, "user edit"_L1},
    Meant {"user set-roles"_L1, "user edit"_L1},
    Meant {"user promote"_L1, "user edit"_L1},
    Meant {"usermod"_L1, "user edit"_L1},
    Meant {"user set-email"_L1, "user edit"_L1},
    Meant {"user delete"_L1, "user remove"_L1},
    Meant {"user del"_L1, "user remove"_L1},
    Meant {"user rm"_L1, "user remove"_L1},
    Meant {"userdel"_L1, "user remove"_L1},
    Meant {"deluser"_L1, "user remove"_L1},
    Meant {"user passwd"_L1, "user set-password"_L1},
    Meant {"user password"_L1, "user set-password"_L1},
    Meant {"passwd"_L1, "user set-password"_L1},
    Meant {"user reset-password"_L1, "user set-password"_L1},
    Meant {"user change-password"_L1, "user set-password"_L1},
    Meant {"user lock"_L1, "user disable"_L1},
    Meant {"user block"_L1, "user disable"_L1},
    Meant {"user ban"_L1, "user disable"_L1},
    Meant {"user unlock"_L1, "user enable"_L1},
    Meant {"user unblock"_L1, "user enable"_L1},
    Meant {"user logout"_L1, "session revoke"_L1},
    Meant {"import"_L1, "user import"_L1},
    Meant {"users import"_L1, "user import"_L1},
    Meant {"sessions"_L1, "session list"_L1},
    Meant {"session ls"_L1, "session list"_L1},
    Meant {"session end"_L1, "session revoke"_L1},
    Meant {"session delete"_L1, "session revoke"_L1},
    Meant {"session remove"_L1, "session revoke"_L1},
    Meant {"session kill"_L1, "session revoke"_L1},
    Meant {"keys"_L1, "key list"_L1},
    Meant {"key ls"_L1, "key list"_L1},
    Meant {"key new"_L1, "key rotate"_L1},
    Meant {"rotate"_L1, "key rotate"_L1},
    Meant {"settings"_L1, "config show"_L1},
    Meant {"config list"_L1, "config show"_L1},
    Meant {"config get"_L1, "config show"_L1},
    Meant {"config test"_L1, "config check"_L1},
    Meant {"config validate"_L1, "config check"_L1},
    Meant {"check"_L1, "config check"_L1},
    Meant {"mkcert"_L1, "tls make-local"_L1},
    Meant {"tls create"_L1, "tls make-local"_L1},
};

/// Options of other programs, and what does it here.
constexpr std::array otherOptions {
    Meant {"port"_L1, "--listen 127.0.0.1:PORT"_L1},
    Meant {"p"_L1, "--listen 127.0.0.1:PORT"_L1},
    Meant {"host"_L1, "--listen ADDRESS:PORT"_L1},
    Meant {"bind"_L1, "--listen ADDRESS:PORT"_L1},
    Meant {"address"_L1, "--listen ADDRESS:PORT"_L1},
    Meant {"addr"_L1, "--listen ADDRESS:PORT"_L1},
    Meant {"datadir"_L1, "--data-dir DIRECTORY"_L1},
    Meant {"data"_L1, "--data-dir DIRECTORY"_L1},
    Meant {"dir"_L1, "--data-dir DIRECTORY"_L1},
    Meant {"d"_L1, "--data-dir DIRECTORY"_L1},
    Meant {"db"_L1, "--data-dir DIRECTORY"_L1},
    Meant {"database"_L1, "--data-dir DIRECTORY"_L1},
    Meant {"password"_L1, "--password-stdin"_L1},
    Meant {"pass"_L1, "--password-stdin"_L1},
    Meant {"hash"_L1, "--password-hash-stdin"_L1},
    Meant {"password-hash"_L1, "--password-hash-stdin"_L1},
    Meant {"roles"_L1, "--role ROLE"_L1},
    Meant {"admin"_L1, "--role admin"_L1},
    Meant {"superuser"_L1, "--role admin"_L1},
    Meant {"force"_L1, "--yes"_L1},
    Meant {"f"_L1, "--yes"_L1},
    Meant {"y"_L1, "--yes"_L1},
    Meant {"verbose"_L1, "--set log.level=debug"_L1},
    Meant {"debug"_L1, "--set log.level=debug"_L1},
    Meant {"output"_L1, "--json"_L1},
    Meant {"format"_L1, "--json"_L1},
    Meant {"o"_L1, "--json"_L1},
    Meant {"mail"_L1, "--email ADDRESS"_L1},
    Meant {"full-name"_L1, "--name TEXT"_L1},
    Meant {"dryrun"_L1, "--dry-run"_L1},
    Meant {"n"_L1, "--dry-run"_L1},
    Meant {"skip"_L1, "--skip-existing"_L1},
};

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
    const auto found = std::ranges::find_if(otherWords, [&typed](const Meant &one) { return typed == one.first; });
    return found == otherWords.end() ? QString() : QString(found->second);
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
    for (const auto &[other, meant] : otherOptions) {
        if (typed == other && allowed.contains(QString(meant).section(u' ', 0, 0).mid(2)))
            return didYouMean(meant);
    }
    const QString nearest = nearestOf(typed, allowed);
    return nearest.isEmpty() ? QString() : didYouMean(u"--"_s + nearest);
}

} // namespace warder
