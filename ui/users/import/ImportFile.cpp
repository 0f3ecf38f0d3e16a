#include "ui/users/import/ImportFile.h"

#include "core/base/Workers.h"
#include "core/imports/ImportReader.h"
#include "core/imports/ImportSource.h"

#include <QFileInfo>

#include <system_error>
#include <thread>
#include <utility>

namespace warder {
namespace {

constexpr std::size_t jobsWaiting = 4; // a question, and the end

} // namespace

/// What belongs to the thread, from the first job to the last.
struct ImportFile::Reading
{
    QString path;
    TimePoint now;
    std::optional<FirebaseParameters> firebase;
    std::unique_ptr<ImportReader> reader = {};
    Workers thread {1, jobsWaiting}; ///< Ends first: its jobs use the others.
};

ImportFile::ImportFile(const QString &path, TimePoint now, const std::optional<FirebaseParameters> &firebase)
    : m_reading(new Reading {.path = path, .now = now, .firebase = firebase})
{}

/// The reader ends where it was made, as a database's must. Where its thread is held up, somebody else waits for that.
ImportFile::~ImportFile()
{
    const bool isHeldUp = m_reading->thread.running() > 0 || m_reading->thread.waiting() > 0;
    (void)m_reading->thread.tryRun([reading = m_reading.get()] { reading->reader.reset(); });
    if (!isHeldUp)
        return;
    try {
        std::thread([reading = std::move(m_reading)]() mutable { reading.reset(); }).detach();
    } catch (const std::system_error &) {
        // There is no thread for it: it was waited for.
    }
}

template <typename T>
Answer<T> ImportFile::run(std::function<Result<T>(Reading &reading)> job)
{
    QPromise<Result<T>> promise;
    promise.start();
    const Answer<T> answer = promise.future();
    (void)m_reading->thread.tryRun([reading = m_reading.get(), promise = std::move(promise), job = std::move(job)]() mutable {
        promise.addResult(job(*reading));
        promise.finish();
    }); // what finds no thread is dropped, and its answer refused
    return answer;
}

Answer<qint64> ImportFile::open()
{
    return run<qint64>([](Reading &reading) -> Result<qint64> {
        auto source = ImportSource::open(reading.path, {});
        if (!source)
            return refused(source);
        reading.reader = std::make_unique<ImportReader>(*std::move(source), reading.now, reading.firebase);
        return QFileInfo(reading.path).size();
    });
}

Answer<ImportFile::Piece> ImportFile::next(qsizetype most)
{
    return run<Piece>([most](Reading &reading) -> Result<Piece> {
        auto piece = reading.reader->next(most);
        return Piece {.users = piece ? std::optional(std::move(piece->users)) : std::nullopt,
                      .records = reading.reader->recordsRead(),
                      .bytes = reading.reader->bytesRead()};
    });
}

Answer<ImportFile::Judged> ImportFile::complete(const UserImport &outcome)
{
    return run<Judged>([outcome](Reading &reading) -> Result<Judged> {
        return Judged {.outcome = reading.reader->withFaults(outcome),
                       .unused = reading.reader->unused(),
                       .lacksFirebase = reading.reader->lacksFirebase()};
    });
}

} // namespace warder
