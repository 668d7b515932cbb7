using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Readers that refuse a number too large for its type, which the framework's read as infinity.</summary>
internal static class FiniteNumbers
{
    private const string TooLarge = "The number is too large for its type.";

    /// <summary>Gives the framework's converter back to members that say themselves how numbers are read.</summary>
    public static void Spare(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        foreach (JsonPropertyInfo property in info.Properties)
        {
            if ((property.NumberHandling ?? info.NumberHandling) is null or JsonNumberHandling.Strict) continue;
            if (property.PropertyType == typeof(double)) property.CustomConverter = JsonMetadataServices.DoubleConverter;
            if (property.PropertyType == typeof(float)) property.CustomConverter = JsonMetadataServices.SingleConverter;
            if (property.PropertyType == typeof(double?)) property.CustomConverter = JsonMetadataServices.GetNullableConverter(JsonMetadataServices.CreateValueInfo<double>(info.Options, JsonMetadataServices.DoubleConverter));
            if (property.PropertyType == typeof(float?)) property.CustomConverter = JsonMetadataServices.GetNullableConverter(JsonMetadataServices.CreateValueInfo<float>(info.Options, JsonMetadataServices.SingleConverter));
        }
    }

    internal sealed class OfDouble : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Checked(reader.GetDouble());

        public override double ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Checked(double.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture));

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString("R", CultureInfo.InvariantCulture));

        private static double Checked(double value) => double.IsFinite(value) ? value : throw new JsonException(TooLarge);
    }

    internal sealed class OfSingle : JsonConverter<float>
    {
        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Checked(reader.GetSingle());

        public override float ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Checked(float.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture));

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, float value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString("R", CultureInfo.InvariantCulture));

        private static float Checked(float value) => float.IsFinite(value) ? value : throw new JsonException(TooLarge);
    }
}
