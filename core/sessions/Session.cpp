#include "core/sessions/Session.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::array names {
    std::pair {SessionEnd::Logout, "logout"_L1},
    std::pair {SessionEnd::LogoutAll, "logout_all"_L1},
    std::pair {SessionEnd::Admin, "admin"_L1},
    std::pair {SessionEnd::PasswordChanged, "password_changed"_L1},
    std::pair {SessionEnd::AccountDisabled, "account_disabled"_L1},
    std::pair {SessionEnd::AccountRemoved, "account_removed"_L1},
    std::pair {SessionEnd::Reuse, "reuse"_L1},
    std::pair {SessionEnd::User, "user"_L1},
    std::pair {SessionEnd::SignedInAgain, "signed_in_again"_L1},
    std::pair {SessionEnd::TooMany, "too_many"_L1},
    std::pair {SessionEnd::KeyRevoked, "key_revoked"_L1},
};

} // namespace

QString nameOf(SessionEnd end)
{
    for (const auto &[known, name] : names) {
        if (known == end)
            return name;
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<SessionEnd> sessionEndFromName(QStringView name)
{
    for (const auto &[end, known] : names) {
        if (name == known)
            return end;
    }
    return std::nullopt;
}

} // namespace warder
