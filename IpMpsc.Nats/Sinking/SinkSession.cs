using System.Globalization;
using IpMpsc.Nats.Batches;
using IpMpsc.Nats.Brokers;
using IpMpsc.Nats.Progress;
using NATS.Client.Core;

namespace IpMpsc.Nats.Sinking;

/// <summary>From one connection to its end: sends what the stream holds to the channel, each record with its cursor.</summary>
/// <param name="pull">The stream, from the cursor on.</param>
/// <param name="forwarder">The channel, which remembers the cursor with each message.</param>
/// <param name="gate">Knows which schemas the channel understands.</param>
/// <param name="generation">The generation of the cursor.</param>
/// <param name="traces">Whether messages keep their traces.</param>
/// <param name="progress">Counts.</param>
internal sealed class SinkSession(
    BatchPull pull, RecordForwarder forwarder, SchemaGate gate, int generation, bool traces, BridgeProgress progress)
{
    /// <summary>A channel that is full for longer than this is what the bridge waits for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly List<BatchRecord> _records = [];

    /// <summary>Carries messages until it is cancelled or something fails, so it always ends by an exception.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            (NatsMsg<NatsMemoryOwner<byte>> message, PulledMessage place) = await pull.NextAsync(cancellationToken).ConfigureAwait(false);
            using NatsMemoryOwner<byte> data = message.Data;
            progress.Pending(place.Pending);
            if (await IsBatchAsync(message, data.Memory, place.Sequence, cancellationToken).ConfigureAwait(false))
            {
                await ForwardAsync(place.Sequence, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a message is a batch; its records are in <see cref="_records"/> then.</summary>
    private async ValueTask<bool> IsBatchAsync(
        NatsMsg<NatsMemoryOwner<byte>> message, ReadOnlyMemory<byte> data, ulong sequence, CancellationToken cancellationToken)
    {
        string? why = null;
        if (message.Headers is not { } headers || !headers.TryGetLastValue(StreamHeaders.Schema, out string? schema))
        {
            why = "it names no schema";
        }
        else if (!headers.TryGetLastValue(StreamHeaders.Format, out string? format) || format is not (StreamHeaders.PlainFormat or StreamHeaders.TracedFormat))
        {
            RefuseNewer(format, sequence);
            why = $"its format is '{format}', this bridge reads '{StreamHeaders.PlainFormat}' and '{StreamHeaders.TracedFormat}'";
        }
        else if (!BatchReader.TryRead(data, mayTrace: format == StreamHeaders.TracedFormat, _records))
        {
            why = "its bytes are not records";
        }
        else if (!await gate.AcceptsAsync(schema, cancellationToken).ConfigureAwait(false))
        {
            why = "the stream does not have its schema";
        }

        if (why is not null)
        {
            progress.Foreign(sequence, why);
        }

        return why is null;
    }

    /// <summary>A batch of a newer bridge has messages that must not be skipped.</summary>
    private static void RefuseNewer(string? format, ulong sequence)
    {
        if (int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version > 0)
        {
            throw BridgeObstacle.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"The batch at sequence {sequence:N0} of the stream has the format {version}: a newer bridge wrote it. ") +
                $"This one reads {StreamHeaders.PlainFormat} and {StreamHeaders.TracedFormat}; update it.");
        }
    }

    private async ValueTask ForwardAsync(ulong sequence, CancellationToken cancellationToken)
    {
        SinkCursor last = SinkCursor.Of(forwarder.LastSequence);
        int first = last.Generation == generation && last.Sequence == sequence ? last.Index + 1 : 0;
        int index = SendWhatFits(first, sequence);
        if (index < _records.Count)
        {
            // A wait for room blocks its thread, which must not be one of the pool.
            await Task.Factory.StartNew(
                () => SendRest(index, sequence, cancellationToken),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).ConfigureAwait(false);
        }

        if (first < _records.Count)
        {
            progress.Carried(_records.Count - first, _records.Skip(first).Sum(static record => (long)record.Payload.Length));
        }
    }

    /// <summary>Sends records as long as there is room.</summary>
    /// <returns>The index of the first one that was not sent.</returns>
    private int SendWhatFits(int index, ulong sequence)
    {
        while (index < _records.Count && TrySend(index, sequence, TimeSpan.Zero, CancellationToken.None))
        {
            index++;
        }

        return index;
    }

    private void SendRest(int index, ulong sequence, CancellationToken cancellationToken)
    {
        bool hasWaited = false;
        while (index < _records.Count)
        {
            while (!TrySend(index, sequence, s_patience, cancellationToken))
            {
                hasWaited = true;
                progress.Waits(BridgeState.Waiting, $"room in channel '{forwarder.Path}': it is full, and its receiver does not release anything.");
            }

            if (hasWaited)
            {
                hasWaited = false;
                progress.RunsAgain();
            }

            index = SendWhatFits(index + 1, sequence);
        }
    }

    private bool TrySend(int index, ulong sequence, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BatchRecord record = _records[index];
        long number = new SinkCursor(generation, sequence, index).ToNumber();
        if (!traces || !record.IsTraced)
        {
            return forwarder.TrySend(record.MessageId, record.SchemaVersion, record.Payload.Span, number, timeout, cancellationToken);
        }

        // The clocks of two machines have nothing in common, so the time is that of this send.
        MessageTrace trace = new(SentTimestamp: 0, record.ReadContext());
        return forwarder.TrySend(record.MessageId, record.SchemaVersion, record.Payload.Span, number, trace, timeout, cancellationToken);
    }
}
