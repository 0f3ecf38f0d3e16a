#pragma once

#include "core/base/AccountAct.h"
#include "core/base/Id.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

struct UserView
{
    Id id;
    QString email;
    QString name;
    QStringList roles;
    bool disabled = false; ///< Nobody can sign in: an admin said so, or it is deleted.
    bool emailVerified = false;
    TimePoint createdAt;
    std::optional<TimePoint> lastSignInAt;
    QString passwordScheme;
    bool secondFactor = false; ///< A password alone does not sign in.
    std::optional<TimePoint> invitedAt =
        {};                          ///< Of somebody who has yet to set their first password: when they were last sent a mail for it.
    bool mustChangePassword = false; ///< The password is good for the choice of another one, and nothing else.
    std::optional<TimePoint> deletedAt = {}; ///< It is deleted, and can be restored until it goes.
    std::optional<TimePoint> goesAt = {};

    bool operator==(const UserView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "email"_L1, v.email, "name"_L1, v.name, "roles"_L1, v.roles, "disabled"_L1, v.disabled, "email_verified"_L1,
              v.emailVerified, "created_at"_L1, v.createdAt, "last_sign_in_at"_L1, v.lastSignInAt, "password_scheme"_L1, v.passwordScheme,
              "second_factor"_L1, v.secondFactor, "invited_at"_L1, v.invitedAt, "must_change_password"_L1, v.mustChangePassword,
              "deleted_at"_L1, v.deletedAt, "goes_at"_L1, v.goesAt);
    }
};

struct NewUser
{
    QString email;
    QString name;
    QString password;
    QStringList roles;
    QString passwordHash; ///< Instead of a password: a hash from elsewhere.
    static void members(auto &visit, auto &v)
    {
        visit("email"_L1, v.email, "name"_L1, v.name, "password"_L1, v.password, "roles"_L1, v.roles, "password_hash"_L1, v.passwordHash);
    }
};

/// What shall be other than it is; what is absent stays.
struct UserEdit
{
    std::optional<QString> email = {};
    std::optional<QString> name = {};
    std::optional<QStringList> roles = {}; ///< All of them.
    QStringList addRoles = {};
    QStringList removeRoles = {};
    static void members(auto &visit, auto &v)
    {
        visit("email"_L1, v.email, "name"_L1, v.name, "roles"_L1, v.roles, "add_roles"_L1, v.addRoles, "remove_roles"_L1, v.removeRoles);
    }
};

/// Which users a list shows: those with the text in e-mail or name. One value, and one judge of it (UserMatcher), for the page that is
/// read, the row that changes, the count, and the order to all that are shown.
struct UserFilter
{
    QString text = {};
    bool deleted = false; ///< Those that are deleted, and no others; else the others.

    bool operator==(const UserFilter &) const = default;
    static void members(auto &visit, auto &v) { visit("text"_L1, v.text, "deleted"_L1, v.deleted); }
};

/// By e-mail; `text` and `deleted` as in UserFilter. A letter, a–z, is a cursor too: behind it come the addresses that begin with it.
struct ListUsers : OrderFor<PageOf<UserView>, "users.list">
{
    static constexpr bool onlyReads = true;
    QString text = {};
    bool deleted = false;
    QString cursor = {};
    int limit = 0;          ///< 1–500.
    bool backwards = false; ///< See PageOf.

    static void members(auto &visit, auto &v)
    {
        visit("text"_L1, v.text, "deleted"_L1, v.deleted, "cursor"_L1, v.cursor, "limit"_L1, v.limit, "backwards"_L1, v.backwards);
    }
};

/// How many ListUsers lists for these; of all of them without a scan.
struct CountUsers : OrderFor<qint64, "users.count">
{
    static constexpr bool onlyReads = true;
    QString text = {};
    bool deleted = false;
    static void members(auto &visit, auto &v) { visit("text"_L1, v.text, "deleted"_L1, v.deleted); }
};

using CountUsersEach = CountEach<CountUsers, "users.countEach">;

struct FindUser : OrderFor<UserView, "users.find">
{
    QString user; ///< E-mail address or id.
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

struct CreateUser : OrderFor<UserView, "users.create">
{
    NewUser user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

struct Invitee
{
    QString email;
    QString name;
    QStringList roles;
    static void members(auto &visit, auto &v) { visit("email"_L1, v.email, "name"_L1, v.name, "roles"_L1, v.roles); }
};

/// An account whose owner sets the first password by a mail. NotConfigured where mails go nowhere.
struct InviteUser : OrderFor<UserView, "users.invite">
{
    Invitee user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

/// Another such mail; Conflict where the account is disabled, or its owner has been there.
struct ResendInvitation : OrderFor<UserView, "users.resendInvitation">
{
    Id user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

struct EditUser : OrderFor<UserView, "users.edit">
{
    Id user;
    UserEdit edit = {};
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user, "edit"_L1, v.edit); }
};

struct SetUserDisabled : OrderFor<UserView, "users.setDisabled">
{
    Id user;
    bool disabled = false;
    std::optional<qint64> seen = {}; ///< How many live sessions the person was told would end: Conflict, and nothing is done, for others.
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user, "disabled"_L1, v.disabled, "seen"_L1, v.seen); }
};

struct SetUserPassword : OrderFor<void, "users.setPassword">
{
    Id user;
    QString password;
    bool mustChange = false; ///< Its owner has to choose another one before they sign in.
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user, "password"_L1, v.password, "must_change"_L1, v.mustChange); }
};

/// Out of everybody's reach, until it goes for good (UserView::goesAt).
struct DeleteUser : OrderFor<UserView, "users.delete">
{
    Id user;
    std::optional<qint64> seen = {}; ///< See SetUserDisabled.
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user, "seen"_L1, v.seen); }
};

/// Takes a DeleteUser back; Conflict where it is not deleted.
struct RestoreUser : OrderFor<UserView, "users.restore">
{
    Id user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

/// What ChangeUsers has done.
struct UsersChanged
{
    qint64 changed = 0;
    qint64 left = 0; ///< Those that were so already, are gone, or may not be so. With the others fewer than were seen: it was stopped.
    QList<Id> users; ///< Whom it changed, where these are no more than mostToldOf: the order that takes it back is about them.

    static constexpr qsizetype mostToldOf = 10'000;
    bool operator==(const UsersChanged &) const = default;
    static void members(auto &visit, auto &v) { visit("changed"_L1, v.changed, "left"_L1, v.left, "users"_L1, v.users); }
};

/// Does the same to many: to `users`, at most mostChosen, or to all that `shown` shows, if they are as many as the person saw; else
/// Conflict, and none is changed. In pieces, each a transaction, so that no sign-in waits: who stops it is answered what was done by then;
/// who cancels, or meets an error midway, finds some changed and the others as they were. The future tells its progress. InvalidInput with
/// a fault at `roles` for a role that nobody may have.
struct ChangeUsers : OrderFor<UsersChanged, "users.change">
{
    static constexpr qsizetype mostChosen = 10'000;
    AccountAct act = AccountAct::Disable;
    QString role = {}; ///< Of AddRole and RemoveRole.
    std::optional<UserFilter> shown = {};
    QList<Id> users = {}; ///< Without `shown`.
    qint64 seen = 0;
    std::optional<Id> work = {}; ///< What StopChange calls it, made up by the caller.

    static void members(auto &visit, auto &v)
    {
        visit("act"_L1, v.act, "role"_L1, v.role, "shown"_L1, v.shown, "users"_L1, v.users, "seen"_L1, v.seen, "work"_L1, v.work);
    }
};

/// Stops the ChangeUsers of that name after the piece it is at, also one that has yet to begin. Nothing where it is over.
struct StopChange : OrderFor<void, "users.stopChange">
{
    Id work;
    static void members(auto &visit, auto &v) { visit("work"_L1, v.work); }
};

/// At once and for good, whether it is deleted or not.
struct RemoveUser : OrderFor<void, "users.remove">
{
    Id user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

using UserOrders = std::tuple<ListUsers, CountUsers, CountUsersEach, FindUser, CreateUser, InviteUser, ResendInvitation, EditUser,
                              SetUserDisabled, SetUserPassword, DeleteUser, RestoreUser, ChangeUsers, StopChange, RemoveUser>;

} // namespace warder
