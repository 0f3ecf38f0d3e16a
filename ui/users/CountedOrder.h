#pragma once

#include "core/base/Error.h"
#include "core/base/Id.h"
#include "ui/PageContext.h"
#include "ui/widgets/Confirm.h"

#include <QObject>

#include <functional>
#include <optional>

namespace warder {

/// An order that ends all live sessions of a user, put to the person with their number: the server counts them right before, the order
/// carries that number, and where they are another number by then nothing is done, and the question comes again with the new one. A part of
/// the page of users. GUI thread.
class CountedOrder final : public QObject
{
    Q_OBJECT
public:
    using OnError = std::function<void(const Error &error)>;

    struct Wish
    {
        Id user;
        /// What is asked of so many sessions; nothing: the order has nothing to do, and whoever makes the question has said so.
        std::function<std::optional<Confirmation>(qint64 live)> question;
        /// Gives the order for so many; an error of it goes to `onError`.
        std::function<void(qint64 seen, const OnError &onError)> give;
    };

    /// `page` hears how the questions went (AnswerListener).
    CountedOrder(const PageContext &context, QObject *parent, QWidget *page);

    /// Nothing happens while another question is being made.
    void put(const Wish &wish);

Q_SIGNALS:
    void failed(const warder::Error &error);

private:
    void count(const Id &user, const std::function<void(qint64 live)> &onCounted);
    void present(const Wish &wish, qint64 live, const QString &remark);
    void give(const Wish &wish, qint64 seen);
    void askAgain(const Wish &wish, qint64 seen, const Error &refusal);

    PageContext m_context;
    QWidget *m_page;
    bool m_isCounting = false;
};

} // namespace warder
