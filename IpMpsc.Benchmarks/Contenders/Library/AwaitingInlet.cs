using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Receives from a channel of this library with an asynchronous call for each message.</summary>
internal readonly struct AwaitingInlet<T>(string path, WaitStrategy strategy = default) : IInlet<T> where T : unmanaged, IChannelMessage<T>
{
    private readonly Receiver<T> _receiver = Receiver<T>.Create(path, ChannelSetup.Of(strategy));
    private readonly Completion _completion = new();

    public void Accept()
    {
        // Senders attach without a connection to accept.
    }

    public T Receive()
    {
        ValueTaskAwaiter<T> awaiter = _receiver.ReceiveAsync().GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            awaiter.UnsafeOnCompleted(_completion.Continuation);
            _completion.Wait();
        }

        return awaiter.GetResult();
    }

    public void Dispose() => _receiver.Dispose();
}
