using IpMpsc.Layout;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tool.Tests.Support;

/// <summary>Gives each test a runtime directory of its own, which the tool inherits.</summary>
public abstract class ToolFixture
{
    private const string Variable = "XDG_RUNTIME_DIR";

    private TestDirectory? _directory;

    /// <summary>For files of the test that are not channels.</summary>
    private protected TestDirectory Files => _directory!;

    /// <summary>Where the channels of the test lie.</summary>
    protected string Channels => Path.Join(Files.Path, "ipmpsc");

    [SetUp]
    public void MakeDirectory()
    {
        _directory = new TestDirectory();
        Environment.SetEnvironmentVariable(Variable, _directory.Path);
    }

    [TearDown]
    public void RemoveDirectory()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _directory?.Dispose();
    }

    /// <summary>The path of a channel in the runtime directory, which is created if necessary.</summary>
    protected static string PathOf(string name) => Path.Join(IpcChannel.RuntimeDirectory, name);

    /// <summary>Overwrites the stamp of a waiting message with a value that no sender writes.</summary>
    protected static void DestroyMessage(string name, int index)
    {
        using ChannelObserver observer = ChannelObserver.Open(name);
        using SegmentWords words = new(PathOf(name));
        words.Write(words.ReadInt64(HeaderDescriptor.DataOffset) + observer.Peek().Messages[index].Position, 0L);
    }

    /// <summary>Creates a channel of quotes with some in it.</summary>
    protected static void CreateQuotes(string name, int count)
    {
        Receiver<Quote>.Create(name, new IpcChannelOptions { Capacity = 4096 }).Dispose();
        using Sender<Quote> sender = Sender<Quote>.Open(name, new IpcChannelOptions { ParticipantName = "feed" });
        for (int number = 0; number < count; number++)
        {
            sender.Send(Quote.Number(number));
        }
    }
}
