using IpMpsc.MemoryPack;
using IpMpsc.Objects;

namespace IpMpsc.Tests.Aot;

/// <summary>Objects in the format of MemoryPack.</summary>
internal static class ObjectScenario
{
    /// <summary>The fingerprint that a program has which is not compiled ahead of time: the two must open the same channels.</summary>
    private const ulong Fingerprint = 0xf171_b45e_1ff8_94d9;

    public static Task Run()
    {
        using ObjectReceiver<Parcel> receiver = MemoryPackReceiver.CreateTemporary<Parcel>();
        using ObjectSender<Parcel> sender = MemoryPackSender.Open<Parcel>(receiver.Path);
        sender.Send(new Parcel { Name = "outer", Weights = new() { ["a"] = 3 }, Inside = [new Parcel { Name = "inner" }] });

        Parcel parcel = receiver.Receive();

        ByteFormat format = MemoryPackFormat<Parcel>.Default.Format;
        return parcel.Inside[0].Name == "inner" && parcel.Weights["a"] == 3 && format.Fingerprint == Fingerprint
            ? Task.CompletedTask
            : throw new InvalidOperationException($"{parcel.Name} {format} {format.Fingerprint:x16}");
    }
}
