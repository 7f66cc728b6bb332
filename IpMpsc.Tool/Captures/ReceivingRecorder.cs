using System.Runtime.ExceptionServices;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Captures;

/// <summary>Records as the receiver of channels: each message is written before it is released.</summary>
internal sealed class ReceivingRecorder : IRecorder
{
    private readonly List<RecordReceiver> _receivers = [];

    public ReceivingRecorder(IEnumerable<string> names, bool endWithSenders)
    {
        try
        {
            foreach (string name in names)
            {
                _receivers.Add(ChannelName.Find(name, name => Participation.Receiver(name, endWithSenders)));
            }

            Channels = [.. _receivers.Select(static receiver => CapturedChannel.Of(Trust.Inspect(receiver.Path)))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<CapturedChannel> Channels { get; }

    /// <summary>One thread for each channel; the first failure ends all of them.</summary>
    public void Run(Recording recording, long limit, CancellationToken cancellation)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        Thread[] threads = [.. _receivers.Select((receiver, index) => new Thread(() => Receive(receiver, index)))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        failure?.Throw();

        void Receive(RecordReceiver receiver, int index)
        {
            try
            {
                ReceiveLoop.Run(receiver, end.Token, (in record) =>
                {
                    if (!recording.TryWrite(index, 0, record.Position, record.MessageId, record.SchemaVersion, record.Trace, record.Payload, limit))
                    {
                        return Handled.NotAtAll;
                    }

                    if (recording.Tally.Messages < limit)
                    {
                        return Handled.AndGoOn;
                    }

                    end.Cancel();
                    return Handled.AndEnd;
                });
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
                end.Cancel();
            }
        }
    }

    public void Dispose() => _receivers.ForEach(static receiver => receiver.Dispose());
}
