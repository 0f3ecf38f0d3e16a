#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Refusals.h"
#include "ui/PageContext.h"
#include "ui/widgets/RowsModel.h"

#include <optional>

namespace warder {

/// The requests that were refused lately, newest first, as far as they were read: a page at a time, and what is new whenever somebody asks.
/// One question in flight; an answer to an older one is dropped. GUI thread.
class RefusalsModel final : public RowsModel<RefusalView>
{
    Q_OBJECT
public:
    static constexpr int pageSize = 100;

    RefusalsModel(const PageContext &context, QObject *parent);
    ~RefusalsModel() override { m_asked.cancel(); }

    /// Those that the text shows (ListRefusals::text), in place of what was read.
    void search(const QString &text);
    /// What was refused since; nothing while something is being read.
    void readNew();

    bool wasLoaded() const { return m_isLoaded; }
    bool isWhole() const { return m_next.isEmpty(); }
    bool canFetchMore(const QModelIndex &parent) const override { return !parent.isValid() && !isWhole(); }
    void fetchMore(const QModelIndex &parent) override;

    /// What tells one from another; an id may stand twice.
    static qint64 numberOf(const RefusalView &row) { return row.request ? row.request->number : 0; }

Q_SIGNALS:
    /// Something was read.
    void updated();
    void failed(const warder::Error &error);

private:
    enum class Part { Fresh, New, Next };

    void read(Part part);
    void take(const PageOf<RefusalView> &page, Part part);
    /// What is new goes on where the rows begin: else it takes their place.
    bool joins(const PageOf<RefusalView> &page) const;
    void prepend(const PageOf<RefusalView> &page);

    Console &m_console;
    QString m_text;
    QString m_next; ///< Cursor of the rows after the last one.
    Answer<PageOf<RefusalView>> m_asked;
    std::optional<Part> m_reading; ///< What is on its way.
    bool m_isLoaded = false;       ///< The rows answer the question of the moment.
    quint64 m_question = 0;        ///< Answers to older questions are dropped.
};

} // namespace warder
