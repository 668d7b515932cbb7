namespace Smpi.Generators;

/// <summary>What a referenced assembly makes travel, and what it wrote for that itself.</summary>
/// <param name="Assembly">Its name.</param>
/// <param name="HasJson">Whether it has shapes for JSON.</param>
/// <param name="HasMessagePack">Whether it has shapes for MessagePack.</param>
/// <param name="HasProtobuf">Whether it has shapes for Protobuf.</param>
/// <param name="Lock">The text of its <c>smpi.lock</c>; empty without one.</param>
/// <param name="Roots">What travels; without places, since the source is elsewhere.</param>
/// <param name="JsonTypes">The types that its own contexts of the framework's JSON know.</param>
internal sealed record ReferencedContracts(
    string Assembly, bool HasJson, bool HasMessagePack, bool HasProtobuf, string Lock,
    EquatableArray<RootModel> Roots, EquatableArray<string> JsonTypes);
