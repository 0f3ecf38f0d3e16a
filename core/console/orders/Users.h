#pragma once

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
    bool disabled = false;
    bool emailVerified = false;
    TimePoint createdAt;
    std::optional<TimePoint> lastSignInAt;
    QString passwordScheme;
    bool secondFactor = false; ///< A password alone does not sign in.
    std::optional<TimePoint> invitedAt =
        {}; ///< Of somebody who has yet to set their first password: when they were last sent a mail for it.

    bool operator==(const UserView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "email"_L1, v.email, "name"_L1, v.name, "roles"_L1, v.roles, "disabled"_L1, v.disabled, "email_verified"_L1,
              v.emailVerified, "created_at"_L1, v.createdAt, "last_sign_in_at"_L1, v.lastSignInAt, "password_scheme"_L1, v.passwordScheme,
              "second_factor"_L1, v.secondFactor, "invited_at"_L1, v.invitedAt);
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

/// By e-mail; those with the text in e-mail or name (TextMatcher).
struct ListUsers : OrderFor<PageOf<UserView>, "users.list">
{
    static constexpr bool onlyReads = true;
    QString text = {};
    QString cursor = {};
    int limit = 0; ///< 1–500.

    static void members(auto &visit, auto &v) { visit("text"_L1, v.text, "cursor"_L1, v.cursor, "limit"_L1, v.limit); }
};

/// How many ListUsers lists for the text; of all of them without a scan.
struct CountUsers : OrderFor<qint64, "users.count">
{
    static constexpr bool onlyReads = true;
    QString text = {};
    static void members(auto &visit, auto &v) { visit("text"_L1, v.text); }
};

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
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user, "disabled"_L1, v.disabled); }
};

struct SetUserPassword : OrderFor<void, "users.setPassword">
{
    Id user;
    QString password;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user, "password"_L1, v.password); }
};

struct RemoveUser : OrderFor<void, "users.remove">
{
    Id user;
    static void members(auto &visit, auto &v) { visit("user"_L1, v.user); }
};

using UserOrders = std::tuple<ListUsers, CountUsers, FindUser, CreateUser, InviteUser, ResendInvitation, EditUser, SetUserDisabled,
                              SetUserPassword, RemoveUser>;

} // namespace warder
