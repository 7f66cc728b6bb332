using Demo;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tool.Tests.Screenshots;

/// <summary>The channels of a screenshot, with participants that behave the same each time.</summary>
internal sealed class Scene : IDisposable
{
    private readonly Stack<IDisposable> _open = [];
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _moving = [];

    private Scene()
    {
    }

    public static Scene Of(string name)
    {
        Scene scene = new();
        switch (name)
        {
            case "machine":
                break;
            case "waiting":
                scene.Quotes(waiting: 12);
                scene.Frames();
                break;
            case "live":
                scene.Quotes(waiting: 0);
                scene.Frames();
                scene.Move();
                break;
            case "timed":
                scene.Quotes(waiting: 0, isTimed: true);
                scene.Move(lag: TimeSpan.FromMilliseconds(5));
                break;
            case "dropping":
                scene.Drop();
                break;
            case "left":
                scene.Leave(10);
                break;
            case "many":
                scene.Leave(2_000);
                break;
            case "dead":
                scene.Die();
                break;
            default:
                throw new ArgumentException($"There is no scene '{name}'.");
        }

        return scene;
    }

    public void Dispose()
    {
        _end.Cancel();
        Task.WhenAll(_moving).Finish("The participants of the scene");
        while (_open.TryPop(out IDisposable? participant))
        {
            participant.Dispose();
        }

        _end.Dispose();
    }

    private static IpcChannelOptions Named(string name, long? capacity = null) => new() { ParticipantName = name, Capacity = capacity };

    private T Keep<T>(T participant) where T : IDisposable
    {
        _open.Push(participant);
        return participant;
    }

    /// <summary>A channel of quotes with a receiver, two senders, some messages that were received and some that wait.</summary>
    private void Quotes(int waiting, bool isTimed = false)
    {
        Receiver<Quote> receiver = Keep(Receiver<Quote>.Create("quotes", Named("desk", 65_536)));
        Sender<Quote> sender = Keep(Sender<Quote>.Open("quotes", Named("feed") with { TraceMessages = isTimed }));
        for (int number = 0; number < 20 + waiting; number++)
        {
            sender.Send(Quote.Number(number));
        }

        for (int number = 0; number < 20; number++)
        {
            receiver.Receive();
        }
    }

    /// <summary>A channel of frames whose receiver waits for a sender that has claimed and not committed.</summary>
    private void Frames()
    {
        Receiver<Frame> receiver = Keep(Receiver<Frame>.Create("frames", Named("viewer")));
        Sender<Frame> sender = Keep(Sender<Frame>.Open("frames", Named("camera-2")));
        sender.Send(new Frame { Width = 1, Height = 1, Camera = "left", Pixels = new byte[1000] });
        receiver.Receive();
        using ManualResetEventSlim claimed = new();
        _moving.Add(Background.Run(() =>
        {
            using Claim<Frame> claim = sender.Claim(new Frame.Sizes { Camera = 4, Pixels = 307_200 });
            claimed.Set();
            _end.Token.WaitHandle.WaitOne();
            claim.Abort();
        }));
        claimed.Wait();
        receiver.TryReceive(out _, TimeSpan.FromMilliseconds(50)); // The receiver notes which sender it waits for.
    }

    /// <summary>Some hundred quotes a second, each received after a while.</summary>
    private void Move(TimeSpan lag = default)
    {
        var receiver = (Receiver<Quote>)_open.First(static participant => participant is Receiver<Quote>);
        var sender = (Sender<Quote>)_open.First(static participant => participant is Sender<Quote>);
        _moving.Add(Background.Run(() =>
        {
            for (int number = 0; !_end.Token.WaitHandle.WaitOne(2); number++)
            {
                sender.Send(Quote.Number(number));
                _end.Token.WaitHandle.WaitOne(lag);
                receiver.Receive();
            }
        }));
    }

    /// <summary>A sensor that sends to a receiver that takes nothing.</summary>
    private void Drop()
    {
        Keep(Receiver<Quote>.Create("telemetry", Named("recorder", 1024)));
        Sender<Quote> sender = Keep(Sender<Quote>.Open("telemetry", new IpcChannelOptions { ParticipantName = "sensor", FullMode = FullMode.DropNewest }));
        _moving.Add(Background.Run(() =>
        {
            for (int number = 0; !_end.Token.WaitHandle.WaitOne(1); number++)
            {
                sender.Send(Quote.Number(number));
            }
        }));
    }

    /// <summary>A channel without participants, with messages in it.</summary>
    private void Leave(int messages)
    {
        Receiver<Quote>.Create("quotes", Named("desk", 131_072)).Dispose();
        using Sender<Quote> sender = Sender<Quote>.Open("quotes", Named("feed"));
        for (int number = 0; number < messages; number++)
        {
            sender.Send(Quote.Number(number));
        }
    }

    /// <summary>A sender was killed within its claim, and there is no receiver.</summary>
    private void Die()
    {
        ByteReceiver.Create("jobs", Named("worker")).Dispose();
        using PeerProcess holder = PeerProcess.Start("claims", Path.Join(IpcChannel.RuntimeDirectory, "jobs"), "1");
        holder.Expect("held");
        holder.Kill();
    }
}
