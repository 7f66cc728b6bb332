using IpMpsc.Judging;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Messages;

/// <summary>Receives until cancelled.</summary>
internal static class ReceiveLoop
{
    /// <summary>Hands each message to <paramref name="handle"/>, and releases it afterwards.</summary>
    public static void Run(RecordReceiver receiver, CancellationToken cancellation, RecordHandler handle)
    {
        try
        {
            Handled handled = Handled.AndGoOn;
            while (handled == Handled.AndGoOn)
            {
                ReceivedRecord record = receiver.ReceiveInPlace(cancellation);
                handled = handle(in record);
                if (handled == Handled.NotAtAll)
                {
                    return; // Not released: the next receiver finds it where it is.
                }

                record.Dispose();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is the normal end of this command.
        }
        catch (ChannelCorruptException error)
        {
            throw new ToolException(
                ExitCode.Corrupt,
                $"{HeadInWords.Corrupt(error.Position)} The messages before it were received; " +
                $"'ipmpsc recover {receiver.Path} --skip-corrupt' resumes behind it.",
                ("position", error.Position));
        }
        catch (ChannelCompletedException)
        {
            // Every sender has left.
        }
    }
}
