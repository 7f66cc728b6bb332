using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>
/// Compares the public API with the approved one. Where they differ, PublicApi.received.txt lies beside
/// it: if the change is meant, rename that file to PublicApi.verified.txt and commit it.
/// </summary>
public sealed class PublicApiTests
{
    [Test]
    public void PublicApiIsTheApprovedOne()
    {
        string folder = Path.Join(Repository.Root, "IpMpsc.Tests/Architecture");
        string received = PublicApi.Of(typeof(IpcChannelOptions).Assembly);
        string receivedPath = Path.Join(folder, "PublicApi.received.txt");
        string verified = File.Exists(Path.Join(folder, "PublicApi.verified.txt"))
            ? File.ReadAllText(Path.Join(folder, "PublicApi.verified.txt"))
            : "";
        if (received == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        string[] removed = [.. verified.Split('\n').Except(received.Split('\n')).Select(line => $"- {line}")];
        string[] added = [.. received.Split('\n').Except(verified.Split('\n')).Select(line => $"+ {line}")];
        Assert.Fail($"The public API differs from the approved one:\n{string.Join('\n', [.. removed, .. added])}");
    }
}
