using System.Diagnostics;

namespace IpMpsc.Examples.Tour;

/// <summary>Kills a sender inside a claim while another one continues, and checks what the receiver gets.</summary>
internal sealed class SenderDeath(Crew crew)
{
    private const int QuotesAfterwards = 200_000;

    private readonly long[] _next = new long[2];
    private long _wrong;

    public Finding Run()
    {
        using Receiver<Quote> receiver = Receiver<Quote>.CreateTemporary();
        using Receiver<Tally> tallies = Receiver<Tally>.CreateTemporary();
        crew.Start("The other sender", HiddenCommands.Endless, receiver.Path);
        Process doomed = crew.Start("The sender that is killed", HiddenCommands.Doomed, receiver.Path, tallies.Path);

        // Its claim holds up everything behind it, since messages come in the order of their claims.
        while (!tallies.TryReceive(out _) || !IsHeldUp(receiver))
        {
            ReceiveAll(receiver);
        }

        long before = Stopwatch.GetTimestamp();
        crew.Kill(doomed);
        Take(receiver.Receive(crew.Ended));
        TimeSpan recovery = Stopwatch.GetElapsedTime(before);

        long enough = _next[EndlessSender.Id] + QuotesAfterwards;
        while (_next[EndlessSender.Id] < enough)
        {
            Take(receiver.Receive(crew.Ended));
        }

        crew.Cue();
        Quote last = receiver.Receive(crew.Ended);
        for (; last.Instrument != EndlessSender.EndOfStream; last = receiver.Receive(crew.Ended))
        {
            Take(last);
        }

        crew.AwaitEnd();
        long sent = last.Sequence + DoomedSender.Quotes;
        long lost = sent - _next.Sum();
        return new Finding(
            "kill -9: sender",
            $"back in {Units.Of(recovery)}",
            "",
            $"{lost:N0} lost",
            lost == 0 && _wrong == 0 ? [] : [$"After the death of a sender {lost:N0} of {sent:N0} messages were lost, {_wrong:N0} were wrong."]);
    }

    private bool IsHeldUp(Receiver<Quote> receiver)
    {
        while (IpcChannel.Inspect(receiver.Path).Head != HeadState.Claimed)
        {
            ReceiveAll(receiver);
        }

        return true;
    }

    private void ReceiveAll(Receiver<Quote> receiver)
    {
        while (receiver.TryReceive(out Quote quote))
        {
            Take(quote);
        }
    }

    /// <summary>Each sender's quotes must come in its order and as it made them.</summary>
    private void Take(in Quote quote)
    {
        ref long next = ref _next[quote.Sender];
        _wrong += quote.Equals(Quote.Of(quote.Sender, next)) ? 0 : 1;
        next++;
    }
}
