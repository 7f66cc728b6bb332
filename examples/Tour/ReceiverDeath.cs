using System.Diagnostics;

namespace IpMpsc.Examples.Tour;

/// <summary>Kills a receiver at work and lets another process take its place.</summary>
internal sealed class ReceiverDeath(Crew crew)
{
    private const int QuotesEach = 100_000;

    private long _next;
    private long _twice;
    private long _wrong;

    public Finding Run()
    {
        using Receiver<Seen> seen = Receiver<Seen>.CreateTemporary();
        using Receiver<Quote> maker = Receiver<Quote>.Create(seen.Path + "-relay");
        string channel = maker.Path;
        maker.Dispose(); // The channel stays, for the process that receives.
        try
        {
            return Run(seen, channel);
        }
        finally
        {
            IpcChannel.Delete(channel, evenIfInUse: true);
        }
    }

    private Finding Run(Receiver<Seen> seen, string channel)
    {
        Process sender = crew.Start("The sender", HiddenCommands.Endless, channel);
        Process first = crew.Start("The receiver that is killed", HiddenCommands.Relay, channel, seen.Path, "0");
        Process second = crew.Start("The next receiver", HiddenCommands.Relay, channel, seen.Path, "1");
        for (int ready = 0; ready < 2; ready++)
        {
            seen.Receive(crew.Ended);
        }

        crew.Cue(first);
        while (_next < QuotesEach)
        {
            Take(seen.Receive(crew.Ended));
        }

        long before = Stopwatch.GetTimestamp();
        crew.Kill(first);
        crew.Cue(second);
        Seen resumed = seen.Receive(crew.Ended);
        for (; resumed.Receiver == 0; resumed = seen.Receive(crew.Ended))
        {
            Take(resumed);
        }

        TimeSpan recovery = Stopwatch.GetElapsedTime(before);
        Take(resumed);
        long enough = _next + QuotesEach;
        while (_next < enough)
        {
            Take(seen.Receive(crew.Ended));
        }

        crew.Cue(sender);
        Seen last = seen.Receive(crew.Ended);
        for (; !last.IsLast; last = seen.Receive(crew.Ended))
        {
            Take(last);
        }

        crew.AwaitEnd();
        long sent = last.Sequence;
        long lost = sent - _next;
        return new Finding(
            "kill -9: receiver",
            $"back in {Units.Of(recovery)}",
            "",
            $"{lost:N0} lost, {_twice:N0} twice",
            lost == 0 && _wrong == 0 && _twice <= 1
                ? []
                : [$"After the death of the receiver {lost:N0} of {sent:N0} messages were lost, {_twice:N0} came twice, {_wrong:N0} were wrong."]);
    }

    /// <summary>The message that the first receiver had in hand comes once more; everything else comes once and in order.</summary>
    private void Take(in Seen seen)
    {
        if (seen.Sequence == _next - 1 && seen.Receiver == 1 && _twice == 0)
        {
            _twice++;
            return;
        }

        _wrong += seen.Sequence == _next && seen.IsIntact ? 0 : 1;
        _next = seen.Sequence + 1;
    }
}
