#include "core/console/wire/OrderJson.h"

#include "core/console/Json.h"
#include "core/console/orders/All.h"

#include <QHash>

#include <tuple>

namespace warder {
namespace {

/// Here and nowhere else, because what an order and its answer look like as JSON takes the compiler longer than all that asks it.
struct OrderJson
{
    QJsonValue (*order)(const Errand &errand) = nullptr;
    void (*answer)(Errand &errand, const QJsonValue &json) = nullptr;
};

template <typename Order>
QJsonValue jsonOf(const Errand &errand)
{
    return toJson(static_cast<const ErrandOf<Order> &>(errand).order);
}

template <typename Order>
void answerOf(Errand &errand, const QJsonValue &json)
{
    auto &asked = static_cast<ErrandOf<Order> &>(errand);
    if constexpr (std::is_void_v<typename Order::Answer>)
        asked.answer({});
    else
        asked.answer(fromJson<typename Order::Answer>(json, u"result"));
}

template <typename... Orders>
QHash<QLatin1StringView, OrderJson> tableOf(const std::tuple<Orders...> &)
{
    return {{Orders::name, OrderJson {.order = &jsonOf<Orders>, .answer = &answerOf<Orders>}}...};
}

/// An errand's name says its type, as in Handlers.
OrderJson of(const Errand &errand)
{
    static const QHash<QLatin1StringView, OrderJson> table = tableOf(AllOrders());
    return table.value(errand.name());
}

} // namespace

QJsonValue orderJson(const Errand &errand) { return of(errand).order(errand); }

void answerWith(Errand &errand, const QJsonValue &json) { of(errand).answer(errand, json); }

} // namespace warder
