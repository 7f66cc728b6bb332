using System.Runtime.CompilerServices;

namespace IpMpsc.Examples.Tour;

/// <summary>The receiver process.</summary>
internal sealed class ReceivingProcess(TourChannels channels, int lines, int longestLine)
{
    /// <summary>If no message arrives for this long, some are lost: the senders have nothing else to do.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Cues _cues = new();

    public void Run()
    {
        using ExclusiveSender<Tally> tallies = ExclusiveSender<Tally>.Open(channels.Tallies);
        using Receiver<LogLine> lineReceiver =
            Receiver<LogLine>.Create(channels.Lines, TourChannels.OptionsForLines(longestLine));
        using Receiver<Quote> quoteReceiver =
            Receiver<Quote>.Create(channels.Quotes, TourChannels.OptionsForQuotes());
        tallies.Send(new Tally { Stage = Stage.Start, Side = Side.Receiving, IsFinal = true });

        _cues.Await();
        Ledger lineLedger = new(Stage.Lines, (long)lines * SendingProcess.Count, tallies);
        Receive(lineReceiver, lineLedger, message =>
        {
            LogLine.View line = message.View; // reads in place: no string is made
            lineLedger.Add(line.Sender, line.Sequence, line.Text.Length, Checksum.Of(line.Text));
        });

        _cues.Await();
        Ledger quoteLedger = new(Stage.Quotes, (long)SendingProcess.Quotes * SendingProcess.Count, tallies);
        Receive(quoteReceiver, quoteLedger, message =>
        {
            Quote quote = message.Read(); // 32 bytes: copied at once
            quoteLedger.Add(quote.Sender, quote.Sequence, Unsafe.SizeOf<Quote>(), Checksum.Of(quote));
        });
    }

    /// <summary>Waits for a message, drains those behind it, and repeats this until all have arrived.</summary>
    private void Receive<T>(Receiver<T> receiver, Ledger ledger, MessageHandler<T> handler)
        where T : struct, IChannelMessage<T>
    {
        while (ledger.Missing > 0
            && receiver.TryReceiveInPlace(out ReceivedMessage<T> message, s_patience, _cues.TourEnded))
        {
            using (message)
            {
                handler(message);
            }

            receiver.Drain(handler, (int)Math.Min(ledger.Missing, 10_000));
            ledger.ReportProgress();
        }

        // Whatever arrives now is a duplicate.
        receiver.Drain(handler);
        ledger.ReportEnd();
    }
}
