using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace IpMpsc.Tests.Packages;

/// <summary>The contents of a library's debug information.</summary>
/// <param name="Sources">The paths of the sources whose text is embedded in it.</param>
/// <param name="SourceLink">The map from paths to URLs; empty if the build did not know its repository.</param>
internal sealed record EmbeddedSymbols(string[] Sources, string SourceLink)
{
    // The kinds of custom debug information in portable PDBs.
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static EmbeddedSymbols Of(ZipArchiveEntry library)
    {
        using MemoryStream copy = new();
        library.Open().CopyTo(copy);
        copy.Position = 0;
        using PEReader image = new(copy);
        DebugDirectoryEntry symbols = image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
        MetadataReader reader = provider.GetMetadataReader();
        CustomDebugInformation[] all = [.. reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)];
        return new EmbeddedSymbols(
            [
                .. from information in all
                   where reader.GetGuid(information.Kind) == s_embeddedSource
                   select reader.GetString(reader.GetDocument((DocumentHandle)information.Parent).Name),
            ],
            string.Concat(
                from information in all
                where reader.GetGuid(information.Kind) == s_sourceLink
                select Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value))));
    }
}
