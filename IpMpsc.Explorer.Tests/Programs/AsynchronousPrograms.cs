using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>Asynchronous sends that wait for room, from two threads; the loop sends them in their order.</summary>
internal sealed class AsynchronousSends : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        AllowOversleeping(); // A slot that another thread returns does not wake a send that waits for one.
        Thread("one", process, () => SendAsync(sender, 3));
        Thread("two", process, () => SendAsync(sender, 1));
        Receive(4);
    }

    private void SendAsync(ByteSender sender, int count)
    {
        for (int number = 1; number <= count; number++)
        {
            Begin(number);
            Await(sender.SendAsync(Message(number)));
            Done(number);
        }
    }
}

/// <summary>Asynchronous sends of one thread that are not awaited one by one arrive in the order of the calls.</summary>
internal sealed class AsynchronousSendsInOrder : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Thread("one", process, () =>
        {
            List<ValueTask> sends = [];
            for (int number = 1; number <= 5; number++)
            {
                Begin(number);
                sends.Add(sender.SendAsync(Message(number)));
            }

            for (int number = 1; number <= 5; number++)
            {
                Await(sends[number - 1]);
                Done(number);
            }
        });
        Receive(5);
    }
}

/// <summary>An asynchronous send that waits for room is cancelled, while another one behind it is not.</summary>
internal sealed class CancelledAsynchronousSend : RingProgram
{
    private readonly CancellationTokenSource _source = new();

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Thread("one", process, () =>
        {
            Send(sender, 1);
            Send(sender, 2);
            Begin(3);
            Begin(4);
            ValueTask third = sender.SendAsync(Message(3), _source.Token);
            ValueTask fourth = sender.SendAsync(Message(4));
            MayThrow<OperationCanceledException>(() =>
            {
                Await(third);
                Done(3);
            });

            Await(fourth);
            Done(4);
        });
        Thread("canceller", process, () => Cancel(_source));
        ReceiveUntil("one", 4);
    }
}

/// <summary>An asynchronous send that waits for room is cancelled, and no room is made.</summary>
internal sealed class CancelledWithoutRoom : RingProgram
{
    private readonly CancellationTokenSource _source = new();

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Thread("one", process, () =>
        {
            Send(sender, 1);
            Send(sender, 2);
            Begin(3);
            MayThrow<OperationCanceledException>(() =>
            {
                Await(sender.SendAsync(Message(3), _source.Token));
                Require(false, "Three messages were sent into a ring for two.");
            });
        });
        Thread("canceller", process, () =>
        {
            Await(() => Run.Threads.Any(static thread => thread.IsBackground && thread.Sleeping.Count > 0), "sleep");
            Cancel(_source);
        });
    }

    protected override void Check() => CheckWithRest();
}

/// <summary>A sender is disposed while asynchronous sends wait for room.</summary>
internal sealed class DisposedWithAsynchronousSends : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        AllowOversleeping();
        Thread("one", process, () => MayThrow<ObjectDisposedException>(() =>
        {
            for (int number = 1; number <= 3; number++)
            {
                Begin(number);
                Await(sender.SendAsync(Message(number)));
                Done(number);
            }
        }));
        Thread("closer", process, sender.Dispose);
    }

    protected override void Check() => CheckAfterDisposal();
}

/// <summary>Asynchronous receives one after another: a wait is reused after its result was taken.</summary>
internal sealed class AsynchronousReceives : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 2));
        Thread("receiver", ReceiverProcess, () =>
        {
            Got(Await(TheReceiver.ReceiveAsync()));
            Got(Await(TheReceiver.ReceiveAsync()));
        });
    }
}

/// <summary>An asynchronous receive is cancelled, and the next one begins at once.</summary>
internal sealed class CancelledAsynchronousReceive : RingProgram
{
    private readonly CancellationTokenSource _source = new();

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Thread("receiver", ReceiverProcess, () =>
        {
            try
            {
                Got(Await(TheReceiver.ReceiveAsync(_source.Token)));
            }
            catch (OperationCanceledException)
            {
                Got(Await(TheReceiver.ReceiveAsync()));
            }
        });
        Thread("canceller", ReceiverProcess, () => Cancel(_source));
    }
}

/// <summary>An asynchronous receive is cancelled, and no message is sent.</summary>
internal sealed class CancelledWithoutMessage : RingProgram
{
    private readonly CancellationTokenSource _source = new();

    protected override void SetUp()
    {
        Receiver();
        Thread("receiver", ReceiverProcess, () => MayThrow<OperationCanceledException>(() =>
        {
            Await(TheReceiver.ReceiveAsync(_source.Token));
            Require(false, "A message was received that was not sent.");
        }));
        Thread("canceller", ReceiverProcess, () =>
        {
            Await(() => Run.Threads.Any(static thread => thread.IsBackground && thread.Sleeping.Count > 0), "sleep");
            Cancel(_source);
        });
    }
}

/// <summary>A receiver is disposed during an asynchronous receive.</summary>
internal sealed class DisposedWithAsynchronousReceive : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Thread("receiver", ReceiverProcess, () => MayThrow<ObjectDisposedException>(() =>
        {
            Got(Await(TheReceiver.ReceiveAsync()));
            Got(Await(TheReceiver.ReceiveAsync()));
        }));
        Thread("closer", ReceiverProcess, TheReceiver.Dispose);
    }

    protected override void Check() => CheckWithNewReceiver();
}
