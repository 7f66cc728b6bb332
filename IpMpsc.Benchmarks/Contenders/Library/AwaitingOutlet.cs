using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Sends to a channel of this library with an asynchronous call for each message.</summary>
internal readonly struct AwaitingOutlet<T>(string path) : IOutlet<T> where T : unmanaged, IChannelMessage<T>
{
    private readonly ExclusiveSender<T> _sender = ExclusiveSender<T>.Open(path, ChannelSetup.Of(default));
    private readonly Completion _completion = new();

    public void Send(in T message)
    {
        ValueTaskAwaiter awaiter = _sender.SendAsync(message).GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            awaiter.UnsafeOnCompleted(_completion.Continuation);
            _completion.Wait();
        }

        awaiter.GetResult();
    }

    public void Dispose() => _sender.Dispose();
}
