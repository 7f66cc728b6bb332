using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using IpMpsc.Nats.Brokers;
using IpMpsc.Nats.Progress;
using NATS.Client.Core;

namespace IpMpsc.Nats.Sourcing;

/// <summary>
/// The batches in flight. Each names its predecessor, and the broker takes it only behind that one: if one is lost, all behind it are refused, so that
/// the order survives although many are in flight.
/// </summary>
/// <remarks>
/// <para>A source that is alone knows each sequence in advance. Its batch follows its predecessor by the id: by the sequence it could follow a message of
/// others that has taken the place of a lost predecessor. Only the first one goes by the sequence, because the broker forgets ids.</para>
/// <para>Where others write, too, the batch follows the last one of its own subject, by the sequence that was acknowledged.</para>
/// <para>One thread begins, another ends. Between them stands the window: where the last sequence is that of an acknowledgement, one is in flight.</para>
/// </remarks>
/// <param name="pace">Whether the source is alone.</param>
/// <param name="stream">The name of the stream.</param>
/// <param name="lastSequence">The last sequence of the stream, or of the subject where others write, too.</param>
internal sealed class BatchChain(SourcePace pace, string stream, ulong lastSequence)
{
    private readonly ConcurrentQueue<InFlight> _inFlight = new();
    private ulong _lastSequence = lastSequence;
    private string? _lastId;
    private long _number;

    public int Count => _inFlight.Count;

    /// <summary>How long the oldest one has been in flight; zero if none is.</summary>
    public TimeSpan Age => _inFlight.TryPeek(out InFlight oldest) ? Stopwatch.GetElapsedTime(oldest.SentAt) : TimeSpan.Zero;

    /// <summary>Adds a batch, or a schema, and to its headers what it must follow.</summary>
    /// <param name="headers">Its headers; its id is there.</param>
    /// <param name="lastPosition">The position of its last record; -1 for a schema.</param>
    /// <param name="messages">Its records; 0 for a schema.</param>
    /// <param name="bytes">Their payloads.</param>
    /// <returns>Its number.</returns>
    public long Begin(NatsHeaders headers, long lastPosition, int messages, long bytes)
    {
        headers[StreamHeaders.ExpectedStream] = stream;
        ulong expected = 0;
        if (!pace.IsShared)
        {
            headers[_lastId is null ? StreamHeaders.ExpectedLastSequence : StreamHeaders.ExpectedLastMessageId] = _lastId ?? Text(_lastSequence);
            _lastId = headers[StreamHeaders.MessageId];
            expected = ++_lastSequence;
        }
        else if (messages > 0)
        {
            headers[StreamHeaders.ExpectedLastSubjectSequence] = Text(_lastSequence);
        }

        _inFlight.Enqueue(new InFlight(++_number, expected, lastPosition, messages, bytes, Stopwatch.GetTimestamp()));
        return _number;
    }

    /// <summary>Takes the acknowledgement of the oldest one.</summary>
    /// <returns>What it was, and whether the source is alone again.</returns>
    /// <exception cref="StreamConflict">It is not where it must be, or another one was acknowledged.</exception>
    public (InFlight Batch, bool IsAloneAgain) End(long number, ulong sequence)
    {
        if (!_inFlight.TryPeek(out InFlight batch) || batch.Number != number || (batch.Sequence != 0 && batch.Sequence != sequence))
        {
            throw new StreamConflict();
        }

        _inFlight.TryDequeue(out _);
        bool follows = false;
        if (pace.IsShared && batch.Messages > 0)
        {
            follows = sequence == _lastSequence + 1;
            _lastSequence = sequence;
        }

        return (batch, pace.Acknowledged(follows));
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
