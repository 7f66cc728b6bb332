using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>The hooks that IpMpsc.Explorer.Tests adds to its own build of the library's sources are not in the shipped library.</summary>
public sealed class ShippedLibraryTests
{
    private const string Symbol = "IPMPSC_EXPLORE";

    [Test]
    public void NoMethodBodyCallsTheExplorer()
    {
        using FileStream stream = File.OpenRead(typeof(ByteSender).Assembly.Location);
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        byte[][] calls =
        [
            .. metadata.MethodDefinitions
                .Where(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name) is "BeforePayload" or "BeforeCopy")
                .Select(static handle => (byte[])[0x28, .. BitConverter.GetBytes(MetadataTokens.GetToken(handle))]),
        ];
        Assert.That(calls, Has.Length.EqualTo(2));

        int bodies = 0;
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress != 0)
            {
                bodies++;
                byte[] code = reader.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
                Assert.That(calls.Count(call => code.AsSpan().IndexOf(call) >= 0), Is.Zero, metadata.GetString(method.Name));
            }
        }

        Assert.That(bodies, Is.GreaterThan(1_000));
    }

    [Test]
    public void NoTypeOfTheExplorerIsIncluded()
    {
        using FileStream stream = File.OpenRead(typeof(ByteSender).Assembly.Location);
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        IEnumerable<string> names = metadata.TypeDefinitions.Select(handle => metadata.GetTypeDefinition(handle))
            .Select(type => metadata.GetString(type.Namespace))
            .Concat(metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle)).Select(type => metadata.GetString(type.Namespace)));

        Assert.That(names.Distinct(), Has.No.Member("Exploring").And.None.StartsWith("Exploring."));
    }

    /// <summary>Few constants and calls differ, and each such file is listed here.</summary>
    [Test]
    public void OnlyTheseFilesDifferForTheExplorer()
    {
        string[] files = [.. Repository.SourcesOf("IpMpsc.Runtime").Where(path => File.ReadAllText(path).Contains(Symbol)).Select(Path.GetFileName).Order()!];

        Assert.That(files, Is.EqualTo(new[] { "BiasedLock.cs", "HostPlatform.cs", "SharedWord.cs", "Waiter.cs" }));
    }
}
