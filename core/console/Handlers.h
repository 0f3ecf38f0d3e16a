#pragma once

#include "core/console/Console.h"
#include "core/console/orders/All.h"

#include <QHash>

#include <tuple>

namespace warder {

template <typename Order, typename List>
inline constexpr bool isListed = false;
template <typename Order, typename... Orders>
inline constexpr bool isListed<Order, std::tuple<Orders...>> = (std::same_as<Order, Orders> || ...);

/// Who carries out which order. Filled before the first one; the console's thread.
class Handlers final
{
public:
    template <typename Order>
    void add(std::function<void(std::unique_ptr<ErrandOf<Order>>)> handler)
    {
        static_assert(isListed<Order, AllOrders>, "the order is missing in the list at the end of its header");
        m_handlers.insert(Order::name, [handler = std::move(handler)](std::unique_ptr<Errand> errand) {
            handler(std::unique_ptr<ErrandOf<Order>>(static_cast<ErrandOf<Order> *>(errand.release()))); // its name says its type
        });
    }

    void carry(std::unique_ptr<Errand> errand) const
    {
        if (const auto handler = m_handlers.value(errand->name()))
            handler(std::move(errand));
        else
            errand->refuse({.code = ErrorCode::Internal, .detail = u"nobody carries out %1"_s.arg(errand->name())});
    }

private:
    QHash<QLatin1StringView, std::function<void(std::unique_ptr<Errand>)>> m_handlers;
};

} // namespace warder
